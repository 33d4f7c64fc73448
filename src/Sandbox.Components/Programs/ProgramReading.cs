using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Files;
using Sandbox.Core.Logs;

namespace Sandbox.Components.Programs;

/// <summary>How far the output of a program has been read, and what was found last; kept beside the output, and written
/// only after the metrics up to there are safe. A reader that starts from it loses nothing, and what it finds again has
/// the same place in the log.</summary>
internal sealed class ProgramReading(string path)
{
    /// <summary>From where each stream is read on.</summary>
    public Dictionary<string, LogPosition> Positions { get; } = new(StringComparer.Ordinal);

    /// <summary>What is known of each metric, by name.</summary>
    public Dictionary<string, MetricSummary> Metrics { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes what an earlier process wrote.</summary>
    public static async Task<ProgramReading> LoadAsync(string path, CancellationToken cancellationToken)
    {
        var reading = new ProgramReading(path);
        if (!File.Exists(path) || PythonJson.Parse(await File.ReadAllTextAsync(path, cancellationToken), path) is not JsonObject json)
        {
            return reading;
        }

        foreach (var (stream, at) in json["streams"]!.AsObject())
        {
            reading.Positions[stream] = new LogPosition((long)Number(at!["offset"]), (long)Number(at["line"]));
        }

        foreach (var (name, m) in json["metrics"]!.AsObject())
        {
            reading.Metrics[name] = new MetricSummary(Number(m!["first"]), Number(m["last"]), Number(m["min"]), Number(m["max"]));
        }

        return reading;
    }

    /// <summary>Writes it down.</summary>
    public Task SaveAsync()
    {
        var json = new JsonObject
        {
            ["streams"] = new JsonObject(Positions.Select(p => KeyValuePair.Create(
                p.Key, (JsonNode?)new JsonObject { ["offset"] = p.Value.Offset, ["line"] = p.Value.LineStart }))),
            ["metrics"] = new JsonObject(Metrics.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)new JsonObject
            {
                ["first"] = m.Value.First, ["last"] = m.Value.Last, ["min"] = m.Value.Min, ["max"] = m.Value.Max,
            }))),
        };
        return WholeFile.WriteAsync(path, output => output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(PythonJson.Write(json))).AsTask());
    }

    private static double Number(JsonNode? node) => node!.AsValue().TryGetValue(out double real) ? real : node.GetValue<long>();
}

/// <summary>What is known of a metric of a log.</summary>
/// <param name="First">The first value.</param>
/// <param name="Last">The newest value.</param>
/// <param name="Min">The smallest; NaN does not count unless there is nothing else.</param>
/// <param name="Max">The largest, likewise.</param>
internal sealed record MetricSummary(double First, double Last, double Min, double Max)
{
    /// <summary>With a further value.</summary>
    public static MetricSummary Add(MetricSummary? before, double value) => before is null
        ? new MetricSummary(value, value, value, value)
        : before with { Last = value, Min = Lesser(before.Min, value), Max = -Lesser(-before.Max, -value) };

    /// <summary>One of them by name.</summary>
    public double Get(string which) => which switch
    {
        "first" => First,
        "min" => Min,
        "max" => Max,
        _ => Last,
    };

    private static double Lesser(double one, double other) =>
        double.IsNaN(one) ? other : double.IsNaN(other) ? one : Math.Min(one, other);
}
