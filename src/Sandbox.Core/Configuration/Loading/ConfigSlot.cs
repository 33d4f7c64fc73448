using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>One of a job's two configs, as far as it is known before anything runs.</summary>
/// <param name="Key"><c>dj_configs</c> or <c>extra_configs</c>.</param>
/// <param name="Reference">What the config file says; null where empty.</param>
/// <param name="Tree">What the job starts from: inline, from its file, or set as a whole by <c>local</c>.</param>
/// <param name="IsPending">Whether it comes from an earlier job as a whole, or could not be read.</param>
/// <param name="Location">Where it is given, or where the job is.</param>
internal sealed record ConfigSlot(
    string Key, ConfigReference? Reference, ConfigMapping? Tree, bool IsPending, SourceLocation Location);

/// <summary>Finds out what stands behind <c>dj_configs</c> and <c>extra_configs</c> of a job.</summary>
internal sealed class ConfigSlotReader(SourceFiles sources, PathIndex written, Findings findings)
{
    public ConfigSlot Read(JobDraft job, string key)
    {
        var entry = job.Node.Find(key);
        var local = job.Locals.LastOrDefault(e => e.Key == key);
        var replaced = job.Inputs.Any(e => e.Key == key);
        var given = NonEmpty(entry?.Value);
        var (mapping, isPending) = given is null ? (null, false) : Behind(given, key, replaced || local is not null);
        var reference = given switch
        {
            ConfigScalar path => ConfigReference.Read(path.Text, mapping, path.Location),
            ConfigMapping inline => ConfigReference.Read(null, inline, inline.Location),
            _ => null,
        };
        if (local is not null)
        {
            (mapping, isPending) = NonEmpty(local.Value) is { } whole ? Behind(whole, key, replaced) : (null, false);
        }

        return new ConfigSlot(key, reference, mapping, isPending || replaced, entry?.KeyLocation ?? job.Node.Location);
    }

    private (ConfigMapping? Tree, bool IsPending) Behind(ConfigNode node, string key, bool replaced)
    {
        switch (node)
        {
            case ConfigMapping inline:
                return (inline, false);
            case ConfigScalar when replaced:
                return (null, true);
            case ConfigScalar { Kind: ScalarKind.Text } path:
                return FromFile(path, key);
            default:
                findings.Error(node.Location, $"\"{key}\" must be a mapping or the path of a YAML or JSON file, not {node.Noun}.");
                return (null, true);
        }
    }

    private (ConfigMapping? Tree, bool IsPending) FromFile(ConfigScalar path, string key)
    {
        if (!SourceFiles.IsConfigPath(path.Text))
        {
            findings.Error(
                path.Location,
                $"\"{key}\" is {path.Noun}, which is no path of a .yaml, .yml or .json file; if an earlier job gives it, add \"{key}: -1.<output>\" to input.");
            return (null, true);
        }

        if (path.Text.Length > PathIndex.MaxLength)
        {
            findings.Error(path.Location, $"the path of \"{key}\" is longer than {PathIndex.MaxLength} characters.");
            return (null, true);
        }

        // What lies there from another run is not what the job will read.
        if (written.Covers(path.Text))
        {
            return (null, true);
        }

        switch (sources.Load(path.Text, path.Location, key == ConfigKeys.DjConfigs ? "recipe" : "config file"))
        {
            case ConfigMapping mapping:
                return (mapping, false);
            case ConfigScalar { IsNull: true } empty:
                return (new ConfigMapping(empty.Location, []), false);
            case { } other:
                findings.Error(other.Location, $"the file must hold a mapping, as {key} of a job, not {other.Noun}.");
                return (null, true);
            default:
                return (null, true);
        }
    }

    private static ConfigNode? NonEmpty(ConfigNode? node) =>
        node is ConfigScalar { IsNull: true } or ConfigScalar { Kind: ScalarKind.Text, Text.Length: 0 } or ConfigMapping { Entries.Count: 0 }
            ? null
            : node;
}
