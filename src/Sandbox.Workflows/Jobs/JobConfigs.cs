using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Iteration;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Jobs;

/// <summary>Resolves a job's configs: files read, <c>local</c> and the iteration's updates applied, then <c>input</c> from
/// the context infos of this iteration, and <c>iter_N</c> added as upstream does.</summary>
internal sealed class JobConfigs(
    RunScope scope, JobPlace place, JobIdentity identity, JsonObject variables, AttemptFiles files, ContextPaths contextPaths)
{
    private const string ExportPath = "export_path";

    /// <summary>The resolved configs.</summary>
    /// <exception cref="JobFailedException">An input, a setting or a file is not there or not right.</exception>
    public async Task<(JsonObject? Dj, JsonObject? Extra)> ResolveAsync(HookJobInput input, CancellationToken cancellationToken)
    {
        var before = Before();
        var patched = await new ConfigPatch(LoadAsync).ApplyAsync(
            input.DjConfigs,
            input.ExtraConfigs,
            [.. input.Local.Select(l => new ConfigSetting(l.Key, l.Value)), .. Updates()],
            input.Input.Select(i => KeyValuePair.Create(i.Key, i.Value?.ToString() ?? string.Empty)),
            key => scope.Records.Iteration(identity.Iteration).Find(key, before.Value),
            cancellationToken);
        foreach (var value in patched.FromContext)
        {
            NotePaths(Descend(patched, value.Pointer), value.Job.JobId);
        }

        AddIteration(patched.ExtraConfigs);
        return (patched.DjConfigs, patched.ExtraConfigs);
    }

    /// <summary>The context infos that placeholders stand for, by key: as recorded, and with paths of this run's jobs
    /// replaced by the files that stand behind them.</summary>
    /// <exception cref="JobFailedException">One is not there.</exception>
    public (IReadOnlyDictionary<string, JsonNode?> Recorded, IReadOnlyDictionary<string, JsonNode?> Readable) Infos(IEnumerable<string> keys)
    {
        var recorded = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        var readable = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        var before = Before();
        foreach (var key in keys.Distinct(StringComparer.Ordinal))
        {
            var found = Look($"{identity.Pipeline}.{key}", before);
            found = found.Found ? found : Look(key, before);
            recorded[key] = found.Found ? found.Value : throw new JobFailedException($"{{{{ {key} }}}}: {found.Reason}");
            NotePaths(found.Value, found.Job!.JobId);
            readable[key] = Readable(found.Value);
        }

        return (recorded, readable);
    }

    private ContextLookup Look(string key, Lazy<JobContext?> before) =>
        scope.Records.Iteration(identity.Iteration).Find(key, before.Value);

    private Lazy<JobContext?> Before() => new(() =>
        scope.Records.Newest(place.Before, identity.Iteration) is { } row ? ContextOf.Record(row) : null);

    // A program knows nothing of attempts: where a value is the path of something that this run wrote, it gets the copy.
    private JsonNode? Readable(JsonNode? value) => value switch
    {
        JsonArray list => new JsonArray([.. list.Select(Readable)]),
        JsonObject map => new JsonObject(map.Select(m => KeyValuePair.Create(m.Key, Readable(m.Value)))),
        JsonValue text when text.TryGetValue(out string? path) && IsPath(path) && files.Locate(path) != files.FullPath(path) =>
            files.ResolveRead(path),
        _ => value?.DeepClone(),
    };

    private async Task<JsonObject> LoadAsync(string path, JobContext? from, CancellationToken cancellationToken)
    {
        NotePaths(path, from?.JobId);
        return await new ConfigFiles(files, scope.Snapshots).ReadAsync(path, cancellationToken)
            ?? throw new JobFailedException(
                $"The config {path} does not exist. Write it, or let an earlier job write it and name that job's output in \"input\".");
    }

    // What the iteration before left for jobs of this name; its values are literal paths of that iteration.
    private IEnumerable<ConfigSetting> Updates() =>
        (variables[ActivityNames.UpdatesVariable] as JsonArray ?? []).OfType<JsonObject>()
            .Where(u => u["pipeline"]?.ToString() == place.Pipeline && u["meta_name"]?.ToString() == identity.MetaName)
            .Select(u => new ConfigSetting(u["key"]!.ToString(), u["value"]));

    private void NotePaths(JsonNode? value, string? jobId)
    {
        switch (value)
        {
            case null:
                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    NotePaths(item, jobId);
                }

                break;
            case JsonObject map:
                foreach (var (_, item) in map)
                {
                    NotePaths(item, jobId);
                }

                break;
            case JsonValue text when jobId is not null && text.TryGetValue(out string? path) && IsPath(path):
                contextPaths.Add(files.FullPath(path), jobId);
                break;
        }
    }

    // Any text may come from the context infos; what no file system takes is none of its paths.
    private static bool IsPath(string text) => text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal);

    private static JsonNode? Descend(PatchedConfigs configs, string pointer)
    {
        var parts = pointer.Split('/').Skip(1)
            .Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
        JsonNode? node = parts[0] == "dj_configs" ? configs.DjConfigs : configs.ExtraConfigs;
        foreach (var part in parts.Skip(1))
        {
            node = node switch
            {
                JsonObject map => map[part],
                JsonArray list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return node;
    }

    private void AddIteration(JsonObject? extra)
    {
        switch (extra?[ExportPath])
        {
            case JsonArray paths:
                extra[ExportPath] = new JsonArray([.. paths.Select(p => (JsonNode?)IterationPaths.AddIteration(p!.ToString(), identity.Iteration))]);
                break;
            case JsonValue path when path.TryGetValue(out string? text) && text.Length > 0:
                extra[ExportPath] = IterationPaths.AddIteration(text, identity.Iteration);
                break;
        }
    }
}
