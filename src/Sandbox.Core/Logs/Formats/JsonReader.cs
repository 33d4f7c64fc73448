using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Logs.Formats;

/// <summary>A JSON object a line, Python's NaN and infinities among its numbers; nested objects are flattened with
/// dots.</summary>
/// <param name="needsCount">Whether only objects count that say how far the training is, since any program may print an
/// object that is no finding.</param>
internal sealed class JsonReader(bool needsCount) : LogReader
{
    public override IReadOnlyList<LogFinding> Read(LogPiece piece)
    {
        var text = piece.Text.TrimEnd();
        if (!text.StartsWith('{') || !text.EndsWith('}') || Parse(text) is not JsonObject json)
        {
            return [];
        }

        var finding = Add(piece.Finding(0), json, string.Empty);
        return finding.Metrics.Count > 0 && (!needsCount || Counts.HasCount(finding)) ? [finding] : [];
    }

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

    private static LogFinding Add(LogFinding finding, JsonObject json, string prefix)
    {
        foreach (var (name, node) in json)
        {
            finding = node switch
            {
                JsonObject nested => Add(finding, nested, $"{prefix}{name}."),
                JsonValue value when value.GetValueKind() == JsonValueKind.String => OfText(finding, prefix + name, value.ToString()),
                JsonValue value when Number(value) is { } number => Counts.With(finding, prefix + name, number),
                _ => finding,
            };
        }

        return finding;
    }

    private static LogFinding OfText(LogFinding finding, string name, string text) => name switch
    {
        "mode" or "split" => finding with { Split = text == "train" ? finding.Split : text },
        "time" or "timestamp" or "ts" or "@timestamp" when DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) => finding with { Time = time },
        _ when text is "NaN" or "nan" or "Infinity" or "-Infinity" => Counts.With(finding, name, LogNumber.Parse(text)),
        _ => finding,
    };

    private static double? Number(JsonValue value) =>
        value.TryGetValue(out double real) ? real : value.TryGetValue(out long whole) ? whole : null;
}
