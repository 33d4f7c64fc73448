using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Jobs;

/// <summary>What a job's result depends on: the hook, its resolved config and the files that it read.</summary>
internal static class JobFingerprint
{
    private const string Path = "path";
    private const string Watched = "watched";
    private const string Sha256 = "sha256";

    /// <summary>SHA-256 of hook, resolved configs and what their placeholders stand for; key order does not count.</summary>
    public static string OfConfig(
        string hook, JsonObject? djConfigs, JsonObject? extraConfigs, IReadOnlyDictionary<string, JsonNode?> infos)
    {
        var all = new JsonObject
        {
            ["hook"] = hook,
            ["dj_configs"] = Sorted(djConfigs),
            ["extra_configs"] = Sorted(extraConfigs),
        };

        if (infos.Count > 0)
        {
            all["infos"] = Sorted(new JsonObject(infos.Select(i => KeyValuePair.Create(i.Key, i.Value?.DeepClone()))));
        }

        // Python's JSON has words for NaN and infinity.
        return FileHash.OfText(PythonJson.Write(all));
    }

    /// <summary>What the job depended on besides its config, as it is recorded: files that it read, and results of other
    /// jobs that it asked the watcher for, with their hashes.</summary>
    public static async Task<string> OfInputsAsync(
        AttemptFiles files, AttemptWatcher watcher, FileHashes hashes, CancellationToken cancellationToken)
    {
        var inputs = new JsonArray();
        foreach (var (path, physical) in files.Reads.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            inputs.Add(new JsonObject { [Path] = path, [Sha256] = await hashes.OfAsync(physical, cancellationToken) });
        }

        foreach (var (metaName, sha256) in watcher.Asked.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            inputs.Add(new JsonObject { [Watched] = metaName, [Sha256] = sha256 });
        }

        return inputs.ToJsonString();
    }

    /// <summary>Whether all that a recorded job depended on is still the same.</summary>
    public static async Task<bool> StillHoldsAsync(
        JobRecordRow record, AttemptFiles files, AttemptWatcher watcher, FileHashes hashes, CancellationToken cancellationToken)
    {
        using var inputs = JsonDocument.Parse(record.Inputs);
        foreach (var input in inputs.RootElement.EnumerateArray())
        {
            var now = input.TryGetProperty(Watched, out var metaName)
                ? AttemptWatcher.HashOf(await watcher.QueryAsync(metaName.GetString()!, cancellationToken))
                : await hashes.OfAsync(files.Locate(input.GetProperty(Path).GetString()!), cancellationToken);
            if (now == FileHashes.Unreadable || now != input.GetProperty(Sha256).GetString())
            {
                return false;
            }
        }

        return true;
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
