using Sandbox.Workflows.Reports;

namespace Sandbox.Workflows.Comparisons;

/// <summary>Runs held against each other: what was set otherwise, and what came of it.</summary>
/// <param name="Runs">The runs in the order in which they were named; the first is what the others are held against.</param>
/// <param name="Settings">Settings of jobs that are not the same in all runs.</param>
/// <param name="Results">Numbers that jobs gave as results, by <c>pipeline.meta_name.output</c>.</param>
/// <param name="Metrics">Last values of metrics.</param>
/// <param name="Curves">Metrics with steps, a line a run.</param>
public sealed record RunComparison(
    IReadOnlyList<ComparedRun> Runs, IReadOnlyList<ComparedSetting> Settings, IReadOnlyList<ComparedNumber> Results,
    IReadOnlyList<ComparedNumber> Metrics, IReadOnlyList<CurveChart> Curves);

/// <summary>A run among those that are compared.</summary>
/// <param name="Id">The run whose figures are shown.</param>
/// <param name="Label">A short name that no other has.</param>
/// <param name="Name">Project and experiment.</param>
/// <param name="State">Its state.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Took">How long it took; null while it has not ended.</param>
public sealed record ComparedRun(string Id, string Label, string Name, string State, DateTimeOffset StartedAt, TimeSpan? Took);

/// <summary>A setting that is not the same everywhere.</summary>
/// <param name="Name">Its address, as in <c>pipeline.meta_name.dj_configs.process.OP.ARG</c>.</param>
/// <param name="Values">Its value in each run as JSON; null where a run has none.</param>
public sealed record ComparedSetting(string Name, IReadOnlyList<string?> Values);

/// <summary>A figure of each run.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Values">The value in each run; null where there is none.</param>
public sealed record ComparedNumber(string Name, IReadOnlyList<double?> Values)
{
    /// <summary>Whether the runs differ in it.</summary>
    public bool Differs => Values.Distinct().Skip(1).Any();

    /// <summary>The change over the first run, as a share of its size; null where there is none.</summary>
    public double? Change(int run) =>
        Values[0] is { } before && Values[run] is { } after && before != 0 && double.IsFinite(before) && double.IsFinite(after)
            ? (after - before) / Math.Abs(before) : null;
}
