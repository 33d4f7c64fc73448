namespace Sandbox.Workflows.Reports.Sweeps;

/// <summary>What a sweep tried and found.</summary>
/// <param name="Method">How it chose, as in <c>bayes</c>.</param>
/// <param name="Metrics">What it made better.</param>
/// <param name="Axes">The parameters that could change.</param>
/// <param name="Trials">The trials by number.</param>
public sealed record SweepReport(
    string Method, IReadOnlyList<ReportMetric> Metrics, IReadOnlyList<ReportAxis> Axes, IReadOnlyList<ReportTrial> Trials)
{
    /// <summary>Which parameters matter for the first metric, the most important one first.</summary>
    public IReadOnlyList<ReportImportance> Importance { get; init; } = [];
}

/// <summary>A metric of a sweep.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsMaximized">Whether more is better.</param>
public sealed record ReportMetric(string Name, bool IsMaximized);

/// <summary>A parameter of a sweep.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Labels">What stands at some places from 0 to 1.</param>
public sealed record ReportAxis(string Name, IReadOnlyList<(double Place, string Text)> Labels);

/// <summary>How much of a metric's variation goes with one parameter.</summary>
/// <param name="Parameter">Its path.</param>
/// <param name="Share">From 0 to 1.</param>
/// <param name="Direction">From -1 to 1: whether the metric rises with it; null for a choice.</param>
public sealed record ReportImportance(string Parameter, double Share, double? Direction);

/// <summary>A trial of a sweep.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Values">The metrics; null where there is none.</param>
/// <param name="Places">Where it lies on each axis, from 0 to 1; null where the parameter means nothing.</param>
/// <param name="Parameters">The value on each axis; null where there is none.</param>
public sealed record ReportTrial(
    int Number, string State, IReadOnlyList<double?> Values, IReadOnlyList<double?> Places, IReadOnlyList<string?> Parameters)
{
    /// <summary>The run that worked it.</summary>
    public string? RunId { get; init; }

    /// <summary>Whether it is the best one, or with several metrics one that none beats.</summary>
    public bool IsBest { get; init; }

    /// <summary>Why it has no value; null where it has one.</summary>
    public string? Problem { get; init; }
}
