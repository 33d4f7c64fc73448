namespace Sandbox.Core.Logs.Formats;

/// <summary>Sorts the named numbers of a line into counts (step, epoch …) and metrics.</summary>
internal static class Counts
{
    /// <summary>A finding with a named number more; a count goes to its own place.</summary>
    public static LogFinding With(LogFinding finding, string name, double? value) => Kind(name) switch
    {
        CountKind.Step => finding with { Step = value },
        CountKind.Epoch => finding with { Epoch = value },
        CountKind.Batch => finding with { Batch = value },
        CountKind.Iteration => finding with { Iteration = value },
        CountKind.Rank => finding with { Rank = (int?)value },
        _ => finding with { Metrics = new Dictionary<string, double?>(finding.Metrics, StringComparer.Ordinal) { [name] = value } },
    };

    /// <summary>Whether the line says how far the training is.</summary>
    public static bool HasCount(LogFinding finding) =>
        (finding.Step ?? finding.Epoch ?? finding.Batch ?? finding.Iteration) is not null;

    private static CountKind Kind(string name) => name.ToLowerInvariant() switch
    {
        "step" or "steps" or "global_step" or "train_step" => CountKind.Step,
        "epoch" or "epochs" => CountKind.Epoch,
        "batch" => CountKind.Batch,
        "iteration" or "iter" or "iters" => CountKind.Iteration,
        "rank" => CountKind.Rank,
        _ => CountKind.None,
    };

    private enum CountKind
    {
        None,
        Step,
        Epoch,
        Batch,
        Iteration,
        Rank,
    }
}
