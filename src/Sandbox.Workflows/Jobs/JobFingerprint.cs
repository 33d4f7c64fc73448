using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Jobs;

/// <summary>What a job's result depends on: the hook, its resolved config and the files that it read.</summary>
internal static class JobFingerprint
{
    /// <summary>SHA-256 of hook and resolved configs; key order does not count.</summary>
    public static string OfConfig(string hook, JsonObject? djConfigs, JsonObject? extraConfigs)
    {
        var all = new JsonObject
        {
            ["hook"] = hook,
            ["dj_configs"] = Sorted(djConfigs),
            ["extra_configs"] = Sorted(extraConfigs),
        };
        return FileHash.OfText(all.ToJsonString());
    }

    /// <summary>What was read, as it is recorded: path and hash.</summary>
    public static async Task<string> OfReadsAsync(AttemptFiles files, CancellationToken cancellationToken)
    {
        var reads = new JsonArray();
        foreach (var (path, physical) in files.Reads.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            reads.Add(new JsonObject { ["path"] = path, ["sha256"] = await FileHash.OfAsync(physical, cancellationToken) });
        }

        return reads.ToJsonString();
    }

    /// <summary>Whether the files that a recorded job read are still the same.</summary>
    public static async Task<bool> StillHoldsAsync(JobRecordRow record, AttemptFiles files, CancellationToken cancellationToken)
    {
        using var reads = JsonDocument.Parse(record.Inputs);
        foreach (var read in reads.RootElement.EnumerateArray())
        {
            var physical = files.ResolveRead(read.GetProperty("path").GetString()!);
            if (await FileHash.OfAsync(physical, cancellationToken) != read.GetProperty("sha256").GetString())
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
