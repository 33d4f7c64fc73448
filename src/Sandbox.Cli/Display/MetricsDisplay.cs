using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Cli.CommandLine;
using Sandbox.Core.Failures;
using Sandbox.Core.Logs;

namespace Sandbox.Cli.Display;

/// <summary>What a watcher finds in a log: a table with curves, or a line of JSON a finding.</summary>
internal sealed class MetricsDisplay(CliConsole console, bool json)
{
    private readonly Dictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    /// <summary>Takes a finding.</summary>
    public void Add(LogFinding finding)
    {
        if (json)
        {
            console.Json(ToJson(finding));
            return;
        }

        foreach (var (name, value) in finding.Metrics.Where(m => m.Value is not null))
        {
            var key = NameOf(finding, name);
            if (!_series.TryGetValue(key, out var series))
            {
                _series[key] = series = new MetricSeries();
            }

            series.Add(value!.Value);
        }
    }

    /// <summary>Shows the table and how the program ended.</summary>
    public void End(FailureExplanation end)
    {
        if (json)
        {
            console.Json(new { final = new { end.Status, end.Cause, end.Remedy } });
            return;
        }

        if (_series.Count == 0)
        {
            console.Line("No metrics were found.");
        }
        else
        {
            Table().Write(console);
        }

        console.Line(end.Cause is null ? $"Status: {end.Status}" : $"Status: {end.Status}: {end.Cause}");
        if (end.Remedy is not null)
        {
            console.Line($"What to do: {end.Remedy}");
        }
    }

    private TextTable Table()
    {
        var table = new TextTable("METRIC", "COUNT", "FIRST", "LAST", "MIN", "MAX", "NAN", "CURVE");
        foreach (var (name, series) in _series)
        {
            table.Row(
                name, series.Count.ToString(CultureInfo.InvariantCulture), Number(series.First), Number(series.Last),
                Number(series.Min), Number(series.Max), series.NotNumbers == 0 ? string.Empty : series.NotNumbers.ToString(CultureInfo.InvariantCulture),
                series.Curve());
        }

        return table;
    }

    private static string NameOf(LogFinding finding, string name)
    {
        var of = new[] { finding.Split, finding.Label, finding.Rank is { } rank ? FormattableString.Invariant($"rank {rank}") : null }.OfType<string>().ToList();
        return of.Count == 0 ? name : $"{name} [{string.Join(", ", of)}]";
    }

    private static JsonObject ToJson(LogFinding finding)
    {
        var line = new JsonObject { ["stream"] = finding.Stream, ["byteOffset"] = finding.ByteOffset, ["textOffset"] = finding.TextOffset };
        var said = new (string Name, JsonNode? Value)[]
        {
            ("step", finding.Step), ("epoch", finding.Epoch), ("batch", finding.Batch), ("iteration", finding.Iteration),
            ("progress", finding.Progress), ("rank", finding.Rank), ("split", finding.Split), ("label", finding.Label),
            ("time", finding.Time?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        };
        foreach (var (name, value) in said.Where(s => s.Value is not null))
        {
            line[name] = value;
        }

        line["metrics"] = new JsonObject(finding.Metrics.Select(m => KeyValuePair.Create(m.Key, Value(m.Value))));
        return line;
    }

    // JSON has no word for these; they are findings, not gaps.
    private static JsonNode? Value(double? value) => value switch
    {
        null => null,
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        { } number => number,
    };

    private static string Number(double value) => double.IsInfinity(value) ? string.Empty : value.ToString("G6", CultureInfo.InvariantCulture);
}
