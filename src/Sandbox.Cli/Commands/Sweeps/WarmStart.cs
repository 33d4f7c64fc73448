using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Cli.Commands.Sweeps;

/// <summary>The trials of earlier sweeps that <c>warm_start</c> names: files with an object a line, as in
/// <c>{"parameters": {…}, "value": 0.3, "state": "finished"}</c>.</summary>
internal static class WarmStart
{
    public static IReadOnlyList<SweepTrial> Read(SweepConfig sweep)
    {
        var (trials, faults) = (new List<SweepTrial>(), new List<Fault>());
        foreach (var path in sweep.WarmStart)
        {
            try
            {
                var lines = File.ReadAllLines(path);
                for (var i = 0; i < lines.Length; i++)
                {
                    // Numbers below zero: they are none of the new sweep's own.
                    if (Trial(lines[i], -1 - trials.Count, sweep.Metrics) is { } trial)
                    {
                        trials.Add(trial);
                    }
                    else
                    {
                        faults.Add(new Fault(new SourceLocation(path, i + 1, 1), "a line of warm_start is {\"parameters\": {…}, \"value\": NUMBER}, with \"values\": {NAME: NUMBER} for several metrics."));
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                faults.Add(new Fault(new SourceLocation(path, 0, 0), $"warm_start: the file cannot be read: {FileFault.Reason(e)}."));
            }
        }

        return faults.Count == 0 ? trials : throw new FaultException(faults);
    }

    private static SweepTrial? Trial(string line, int number, IReadOnlyList<SweepMetric> metrics)
    {
        try
        {
            if (JsonNode.Parse(line) is not JsonObject row || row["parameters"] is not JsonObject parameters)
            {
                return null;
            }

            double Value(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : double.NaN;
            return new SweepTrial(number, parameters.DeepClone().AsObject())
            {
                State = row["state"]?.GetValue<string>() is { } state && Enum.TryParse<TrialState>(state, ignoreCase: true, out var known) ? known : TrialState.Finished,
                Values = [.. metrics.Select((m, i) => Value(i == 0 && row["value"] is { } one ? one : (row["values"] as JsonObject)?[m.Name]))],
            };
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
