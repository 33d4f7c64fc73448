using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Context;

/// <summary>A setting of <c>local</c>.</summary>
/// <param name="Key">The key to update, starting with <c>dj_configs</c> or <c>extra_configs</c>.</param>
/// <param name="Value">The value.</param>
/// <param name="From">The job whose result the value is, where <c>iter_updater</c> put it there; else null.</param>
public sealed record ConfigSetting(string Key, JsonNode? Value, JobContext? From = null);

/// <summary>Reads a config that is given as a path.</summary>
/// <param name="path">The path as configured.</param>
/// <param name="from">The job that recorded the path, whose copy is meant; null for a literal path.</param>
/// <param name="cancellationToken">Stops the reading.</param>
public delegate Task<JsonObject> ConfigLoader(string path, JobContext? from, CancellationToken cancellationToken);

/// <summary>A value in a job's configs that came from the context infos.</summary>
/// <param name="Pointer">Where it stands: a JSON pointer, as in <c>/dj_configs/dataset_path</c>. All below it is meant too.</param>
/// <param name="Job">The job that recorded it.</param>
public sealed record ContextValue(string Pointer, JobContext Job);

/// <summary>A job's configs with <c>local</c> and <c>input</c> applied.</summary>
/// <param name="DjConfigs"><c>dj_configs</c>; null where empty.</param>
/// <param name="ExtraConfigs"><c>extra_configs</c>; null where empty.</param>
/// <param name="FromContext">Which values are results of earlier jobs.</param>
public sealed record PatchedConfigs(JsonObject? DjConfigs, JsonObject? ExtraConfigs, IReadOnlyList<ContextValue> FromContext)
{
    /// <summary>The job that recorded the value at a JSON pointer, or one that the value is part of; null for a literal.</summary>
    public JobContext? ProducerOf(string pointer) => FromContext
        .Where(v => JsonPointers.Covers(v.Pointer, pointer))
        .MaxBy(v => v.Pointer.Length)?.Job;
}

/// <summary>
/// Applies <c>local</c>, then <c>input</c>, each in file order, to a job's configs. Nested keys are parted by dots; a
/// number leads into a list, a name into a list of operators; mappings that are missing on the way are made. A key
/// without dots replaces the whole config. An instance serves one call at a time.
/// </summary>
/// <param name="load">Reads a config that is a path.</param>
public sealed class ConfigPatch(ConfigLoader load)
{
    private readonly List<string> _problems = [];
    private readonly List<ContextValue> _fromContext = [];
    private PatchTarget _dj = new("dj_configs", null);
    private PatchTarget _extra = new("extra_configs", null);

    /// <summary>Applies the settings and inputs of one job.</summary>
    /// <param name="djConfigs"><c>dj_configs</c> as configured: an object, a path or null. It is left as it is.</param>
    /// <param name="extraConfigs"><c>extra_configs</c>, likewise.</param>
    /// <param name="local">The settings of <c>local</c>.</param>
    /// <param name="input">The entries of <c>input</c>: key to update and key in the context infos.</param>
    /// <param name="find">Looks a key of the context infos up.</param>
    /// <param name="cancellationToken">Stops the reading of files.</param>
    /// <exception cref="JobFailedException">Something cannot be applied; all problems, each with its key.</exception>
    public async Task<PatchedConfigs> ApplyAsync(
        JsonNode? djConfigs,
        JsonNode? extraConfigs,
        IEnumerable<ConfigSetting> local,
        IEnumerable<KeyValuePair<string, string>> input,
        Func<string, ContextLookup> find,
        CancellationToken cancellationToken)
    {
        _problems.Clear();
        _fromContext.Clear();
        _dj = new PatchTarget("dj_configs", djConfigs?.DeepClone());
        _extra = new PatchTarget("extra_configs", extraConfigs?.DeepClone());
        List<KeyValuePair<string, string>> inputs = [.. input];
        foreach (var setting in local.Where(l => !IsReplaced(l.Key, inputs)))
        {
            await SetAsync($"local \"{setting.Key}\"", setting, cancellationToken);
        }

        foreach (var (key, source) in inputs)
        {
            var what = $"input \"{key}: {source}\"";
            var found = find(source);
            if (found.Found)
            {
                await SetAsync(what, new ConfigSetting(key, found.Value, found.Job), cancellationToken);
            }
            else
            {
                _problems.Add($"{what}: {found.Reason}");
            }
        }

        return await FinishAsync(cancellationToken);
    }

    // What stands in a config that an input replaces as a whole is gone with it; the config may be no more than a placeholder.
    private static bool IsReplaced(string key, List<KeyValuePair<string, string>> inputs) =>
        inputs.Exists(i => i.Key == key.Split('.', 2)[0]);

    private async Task SetAsync(string what, ConfigSetting setting, CancellationToken cancellationToken)
    {
        var parts = setting.Key.Split('.', 2);
        var target = parts[0] == _dj.Name ? _dj : parts[0] == _extra.Name ? _extra : null;
        if (target is null)
        {
            _problems.Add($"{what}: a key starts with \"{_dj.Name}\" or \"{_extra.Name}\".{Suggestion.For(parts[0], [_dj.Name, _extra.Name])}");
            return;
        }

        if (parts.Length == 1)
        {
            target.Replace(setting.Value?.DeepClone(), setting.From);
            Trace("/" + target.Name, setting.From);
            return;
        }

        await LoadAsync(target, cancellationToken);
        if (target.Set(parts[1], setting.Value?.DeepClone(), out var pointer) is { } problem)
        {
            _problems.Add($"{what}: {problem}");
            return;
        }

        Trace(pointer, setting.From);
    }

    private async Task<PatchedConfigs> FinishAsync(CancellationToken cancellationToken)
    {
        // A config that stays a path after a failed input would only add a second message about the same thing.
        if (_problems.Count == 0)
        {
            await LoadAsync(_dj, cancellationToken);
            await LoadAsync(_extra, cancellationToken);
        }

        var dj = AsObject(_dj);
        var extra = AsObject(_extra);
        return _problems.Count == 0
            ? new PatchedConfigs(dj, extra, [.. _fromContext])
            : throw new JobFailedException(string.Join(Environment.NewLine, _problems));
    }

    private async Task LoadAsync(PatchTarget target, CancellationToken cancellationToken)
    {
        if (target.Path is { } path)
        {
            var config = await load(path, target.From, cancellationToken);
            target.Replace(config.DeepClone(), null);
            // What the file says is literal; only its path came from the context infos.
            Trace("/" + target.Name, null);
        }
    }

    private void Trace(string pointer, JobContext? from)
    {
        _fromContext.RemoveAll(v => JsonPointers.Covers(pointer, v.Pointer));
        if (from is not null)
        {
            _fromContext.Add(new ContextValue(pointer, from));
        }
    }

    private JsonObject? AsObject(PatchTarget target)
    {
        if (target.Root is not (null or JsonObject) && target.Path is null)
        {
            _problems.Add($"{target.Name} must be a mapping or a path, not {PatchTarget.Describe(target.Root)}.");
        }

        return target.Root as JsonObject;
    }
}
