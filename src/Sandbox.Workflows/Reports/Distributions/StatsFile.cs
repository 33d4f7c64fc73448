using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;

namespace Sandbox.Workflows.Reports.Distributions;

/// <summary>Streams the statistics of a <c>*_stats.jsonl</c> file, a row at a time.</summary>
internal static class StatsFile
{
    private const string StatsKey = "__dj__stats__";

    /// <summary>The statistics of each row; null for a line that cannot be read. Blank lines are skipped.</summary>
    public static async IAsyncEnumerable<JsonObject?> RowsAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line);
            }
        }
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            var row = line.Contains("NaN", StringComparison.Ordinal) || line.Contains("Infinity", StringComparison.Ordinal)
                ? PythonJson.Parse(line, "line")
                : JsonNode.Parse(line);
            return (row as JsonObject)?[StatsKey] as JsonObject;
        }
        catch (Exception e) when (e is JsonException or FaultException or ArgumentException)
        {
            return null;
        }
    }
}
