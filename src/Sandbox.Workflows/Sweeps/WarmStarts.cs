using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Workflows.Sweeps;

/// <summary>The trials of earlier sweeps that <c>warm_start</c> names: a sweep of this home by its run's id, or a file with an
/// object a line, as in <c>{"parameters": {…}, "value": 0.3, "state": "finished"}</c>.</summary>
public sealed class WarmStarts
{
    private readonly SandboxSweeps _sweeps;

    internal WarmStarts(SandboxSweeps sweeps) => _sweeps = sweeps;

    /// <summary>The entries that are no files, so that a home is needed to read them.</summary>
    public static IReadOnlyList<string> Sweeps(SweepConfig sweep, string currentDirectory) =>
        [.. sweep.WarmStart.Where(w => !File.Exists(Path.GetFullPath(w, currentDirectory)))];

    /// <summary>What is wrong with the entries, as far as it can be seen without a home.</summary>
    internal static IEnumerable<string> Faults(SweepConfig sweep, string currentDirectory) =>
        Sweeps(sweep, currentDirectory).Where(w => !w.All(char.IsAsciiHexDigit))
            .Select(w => $"warm_start: \"{w}\" is neither a file (looked for {Path.GetFullPath(w, currentDirectory)}) nor the id of a sweep's run.");

    /// <summary>The trials.</summary>
    /// <exception cref="FaultException">A file or a sweep cannot be read; all faults at once.</exception>
    public async Task<IReadOnlyList<SweepTrial>> ReadAsync(SweepConfig sweep, string currentDirectory, CancellationToken cancellationToken)
    {
        var trials = ReadFiles(sweep, currentDirectory).ToList();
        foreach (var id in Sweeps(sweep, currentDirectory))
        {
            var earlier = await _sweeps.GetAsync(id, cancellationToken);
            if (sweep.Metrics.FirstOrDefault(m => earlier.Config.Metrics.All(e => e.Name != m.Name)) is { } missing)
            {
                throw new FaultException($"warm_start: sweep {earlier.Run.Id} has no metric \"{missing.Name}\".{Suggestion.For(missing.Name, earlier.Config.Metrics.Select(m => m.Name))}");
            }

            trials.AddRange(earlier.Trials.Where(t => t.State is "finished" or "stopped").Select((t, i) => new SweepTrial(-1 - trials.Count - i, t.Parameters.DeepClone().AsObject())
            {
                State = TrialState.Finished,
                Values = [.. sweep.Metrics.Select(m => t.Values[m.Name] ?? double.NaN)],
            }));
        }

        return trials;
    }

    /// <summary>The trials of those entries that are files.</summary>
    /// <exception cref="FaultException">One cannot be read.</exception>
    public static IReadOnlyList<SweepTrial> ReadFiles(SweepConfig sweep, string currentDirectory)
    {
        var (trials, faults) = (new List<SweepTrial>(), new List<Fault>());
        foreach (var path in sweep.WarmStart.Except(Sweeps(sweep, currentDirectory), StringComparer.Ordinal))
        {
            var lines = Lines(path, currentDirectory, faults);
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

        return faults.Count == 0 ? trials : throw new FaultException(faults);
    }

    /// <summary>Trials as a sweep keeps them.</summary>
    internal static string Write(IEnumerable<SweepTrial> trials) => new JsonArray([.. trials.Select(t => (JsonNode)new JsonArray(
        t.Parameters.DeepClone(), TrialJson.StateOf(t.State), new JsonArray([.. t.Values.Select(v => double.IsFinite(v) ? (JsonNode)v : null)])))]).ToJsonString();

    /// <summary>Trials as a sweep kept them.</summary>
    internal static IReadOnlyList<SweepTrial> Read(string json) => [.. JsonNode.Parse(json)!.AsArray().Select((t, i) => new SweepTrial(-1 - i, t![0]!.DeepClone().AsObject())
    {
        State = Enum.Parse<TrialState>(t[1]!.GetValue<string>(), ignoreCase: true),
        Values = [.. t[2]!.AsArray().Select(v => v?.GetValue<double>() ?? double.NaN)],
    })];

    private static string[] Lines(string path, string currentDirectory, List<Fault> faults)
    {
        try
        {
            return File.ReadAllLines(Path.GetFullPath(path, currentDirectory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(new Fault(new SourceLocation(path, 0, 0), $"warm_start: the file cannot be read: {FileFault.Reason(e)}."));
            return [];
        }
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
