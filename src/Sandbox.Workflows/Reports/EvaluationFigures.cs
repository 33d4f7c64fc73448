using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Reports;

/// <summary>What the evaluations of a run gave, in its last iteration: of several that measure the same thing in one
/// pipeline, each is held against the first.</summary>
internal static class EvaluationFigures
{
    public static IEnumerable<RunFigure> Of(RunView run)
    {
        var last = run.Jobs.GroupBy(j => j.ActivityId, StringComparer.Ordinal).Select(g => g.MaxBy(j => j.Iteration)!);
        var measured = last.Where(j => j.Hook.StartsWith("Evaluate", StringComparison.Ordinal) && j.Outputs is not null)
            .SelectMany(j => Numbers(j.Outputs!).Select(n => (Job: j, n.Name, n.Value)))
            .GroupBy(m => (m.Job.Pipeline, m.Job.Hook, m.Name))
            .ToList();
        var severalPipelines = measured.Select(g => g.Key.Pipeline).Distinct(StringComparer.Ordinal).Count() > 1;
        return measured.SelectMany(g => Figures(g.Key.Name, severalPipelines ? g.Key.Pipeline : null, [.. g.Select(m => (JobName(m.Job), m.Value))]));
    }

    private static IEnumerable<RunFigure> Figures(string name, string? pipeline, IReadOnlyList<(string Job, double Value)> values)
    {
        var title = pipeline is null ? name : $"{pipeline}, {name}";
        var first = values[0];
        return values.Count == 1
            ? [new RunFigure($"{title}: {first.Job}", null, first.Value)]
            : values.Skip(1).Select(v => new RunFigure($"{title}: {first.Job} → {v.Job}", first.Value, v.Value));
    }

    // The first number is the result and what follows belongs to it, as the tokens to a perplexity; of a mapping all count.
    private static IEnumerable<(string Name, double Value)> Numbers(JsonObject outputs)
    {
        var scalar = outputs.Where(o => Number(o.Value) is not null).Take(1);
        var nested = outputs.Select(o => o.Value).OfType<JsonObject>().SelectMany(o => o).Where(o => Number(o.Value) is not null);
        return scalar.Concat(nested).Select(o => (IsPlace(o.Key) ? "result" : o.Key, Number(o.Value)!.Value));
    }

    private static bool IsPlace(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        ? value.TryGetValue(out double number) ? number : double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)
        : null;

    private static string JobName(JobView job) => job.MetaName ?? FormattableString.Invariant($"{job.Hook}[{job.Index}]");
}
