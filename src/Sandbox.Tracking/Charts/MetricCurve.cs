using System.Runtime.InteropServices;

namespace Sandbox.Tracking.Charts;

/// <summary>Which curves of a run to draw.</summary>
/// <param name="RunId">The run.</param>
public sealed record CurveQuery(string RunId)
{
    /// <summary>Only metrics of this name; null for all.</summary>
    public string? Name { get; init; }

    /// <summary>Only metrics of this job; null for all.</summary>
    public string? JobId { get; init; }

    /// <summary>Whether metrics without steps are left out; with them, their place in the order of recording is the step.</summary>
    public bool OnlyWithSteps { get; init; } = true;

    /// <summary>Most points a curve, about.</summary>
    public int Points { get; init; } = 2000;
}

/// <summary>A metric of a job as a curve.</summary>
/// <param name="Name">The metric.</param>
/// <param name="JobId">The job, or null.</param>
/// <param name="Count">How many points it has in the store.</param>
/// <param name="Points">The points that are drawn, by step.</param>
public sealed record MetricCurve(string Name, string? JobId, long Count, IReadOnlyList<MetricPoint> Points);

/// <summary>A point of a curve.</summary>
/// <param name="Step">The step.</param>
/// <param name="Value">The value; NaN breaks the line.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MetricPoint(double Step, double Value);
