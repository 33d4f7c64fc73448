using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Logs.Formats;

/// <summary>What a program says that speaks the sandbox's own protocol, a JSON object a line: <c>{"metrics": {…}}</c>,
/// <c>{"progress": {"done": 3, "total": 10, "text": "…"}}</c>, <c>{"log": "…"}</c>.</summary>
internal sealed class SandboxReader : LogReader
{
    public override IReadOnlyList<LogFinding> Read(LogPiece piece)
    {
        var text = piece.Text.Trim();
        if (!text.StartsWith('{') || !text.EndsWith('}') || Parse(text) is not JsonObject message)
        {
            return [];
        }

        return message switch
        {
            _ when message["metrics"] is JsonObject metrics => [Metrics(piece.Finding(0), metrics)],
            _ when message["progress"] is JsonObject progress && Share(progress) is { } percent =>
                [piece.Finding(0) with { Progress = percent, Text = progress["text"]?.ToString() }],
            _ when message["log"] is JsonValue line => [piece.Finding(0) with { Text = line.ToString() }],
            _ => [],
        };
    }

    private static LogFinding Metrics(LogFinding finding, JsonObject metrics) =>
        metrics.Aggregate(finding, (found, metric) => Number(metric.Value) is { } number ? Counts.With(found, metric.Key, number) : found);

    private static double? Share(JsonObject progress) =>
        (Number(progress["done"]), Number(progress["total"])) is ({ } done, { } total) && total > 0 ? 100 * done / total : null;

    private static double? Number(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue(out double real) ? real
        : value.TryGetValue(out long whole) ? whole
        : null;

    private static JsonNode? Parse(string text)
    {
        try
        {
            return new PythonJsonParser(text, "log").Parse();
        }
        catch (FaultException)
        {
            return null;
        }
    }
}
