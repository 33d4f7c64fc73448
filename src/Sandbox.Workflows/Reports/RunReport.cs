using System.Runtime.InteropServices;
using Sandbox.Workflows.Reports.Distributions;
using Sandbox.Workflows.Reports.Sweeps;

namespace Sandbox.Workflows.Reports;

/// <summary>Everything that the report of a run shows. Empty parts are left out of it.</summary>
public sealed record RunReport
{
    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Project and experiment.</summary>
    public required string Name { get; init; }

    /// <summary>State of the run, as in <c>finished</c>.</summary>
    public required string State { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>The config, full path; null for a run of a definition.</summary>
    public string? Config { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The figures that matter, before and after; shown first.</summary>
    public IReadOnlyList<ReportTable> Summary { get; init; } = [];

    /// <summary>What a sweep tried and found; null for a run that is none.</summary>
    public SweepReport? Sweep { get; init; }

    /// <summary>The pipelines in the order in which they ran, once an iteration.</summary>
    public IReadOnlyList<ReportPipeline> Pipelines { get; init; } = [];

    /// <summary>Distributions of the probed statistics.</summary>
    public IReadOnlyList<DistributionGroup> Distributions { get; init; } = [];

    /// <summary>What refinement changed in the recipes.</summary>
    public IReadOnlyList<RecipeChanges> Changes { get; init; } = [];

    /// <summary>Training curves.</summary>
    public IReadOnlyList<CurveChart> Curves { get; init; } = [];

    /// <summary>Results of the evaluations.</summary>
    public IReadOnlyList<ReportTable> Evaluations { get; init; } = [];

    /// <summary>Configs and recipes.</summary>
    public IReadOnlyList<ReportText> Configurations { get; init; } = [];

    /// <summary>Host, versions and the like.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];
}

/// <summary>A table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Columns">The headings; the first is that of the row names.</param>
/// <param name="Rows">The rows, each with as many cells as there are columns.</param>
public sealed record ReportTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows)
{
    /// <summary>A sentence on what is shown and how it was measured, or null.</summary>
    public string? Note { get; init; }
}

/// <summary>A cell: a number, or a text.</summary>
public sealed record ReportCell
{
    /// <summary>The number, or null.</summary>
    public double? Number { get; init; }

    /// <summary>The text; with a number, it is shown instead of the customary digits.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the cell stands out (the best of its kind).</summary>
    public bool IsBest { get; init; }

    /// <summary>A cell with a text.</summary>
    public static implicit operator ReportCell(string text) => new() { Text = text };

    /// <summary>A cell with a number.</summary>
    public static implicit operator ReportCell(double number) => new() { Number = number };
}

/// <summary>The jobs of a pipeline in one iteration.</summary>
/// <param name="Name">The pipeline.</param>
/// <param name="Iteration">The iteration, from 1.</param>
/// <param name="Jobs">The jobs in the order in which they run.</param>
public sealed record ReportPipeline(string Name, int Iteration, IReadOnlyList<ReportJob> Jobs);

/// <summary>A job.</summary>
public sealed record ReportJob
{
    /// <summary>Stage, as in <c>probe</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>Its meta name, or what stands for it.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the hook.</summary>
    public required string Hook { get; init; }

    /// <summary>State, as in <c>finished</c>.</summary>
    public required string State { get; init; }

    /// <summary>The attempt, from 1; 0 before the first.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>When the attempt began, or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed, or what else there is to say (<c>reused</c>), or null.</summary>
    public string? Note { get; init; }
}

/// <summary>What refinement changed in one recipe.</summary>
/// <param name="Title">Which recipe.</param>
/// <param name="Changes">The changes in the order of the recipe.</param>
public sealed record RecipeChanges(string Title, IReadOnlyList<RecipeChange> Changes);

/// <summary>One argument that refinement changed.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Argument">The argument.</param>
/// <param name="OldValue">The value before; null where there was none.</param>
/// <param name="NewValue">The value after.</param>
/// <param name="Why">How it was found, as in <c>mean 0.81 − 3 × std 0.013 of alnum_ratio</c>.</param>
public sealed record RecipeChange(string Operator, string Argument, double? OldValue, double? NewValue, string Why);

/// <summary>A chart of lines.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="XLabel">What runs to the right, with its unit.</param>
/// <param name="YLabel">What runs up, with its unit.</param>
/// <param name="Series">The lines.</param>
public sealed record CurveChart(string Title, string XLabel, string YLabel, IReadOnlyList<CurveSeries> Series);

/// <summary>One line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Points">The points in order; the line breaks where one is not finite.</param>
public sealed record CurveSeries(string Name, IReadOnlyList<CurvePoint> Points);

/// <summary>A point of a line.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CurvePoint(double X, double Y);

/// <summary>A text shown as it is: a config, a recipe.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Text">The text.</param>
public sealed record ReportText(string Title, string Text);
