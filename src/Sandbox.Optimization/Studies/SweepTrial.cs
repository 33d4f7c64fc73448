using System.Text.Json.Nodes;

namespace Sandbox.Optimization.Studies;

/// <summary>Where a trial stands. The words are W&amp;B's; <see cref="Stopped"/> is a trial that early termination ended.</summary>
public enum TrialState
{
    /// <summary>Asked for, and not told yet.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Finished,

    /// <summary>Ended by early termination; its values so far count.</summary>
    Stopped,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Ended without saying so.</summary>
    Crashed,

    /// <summary>Ended from outside.</summary>
    Killed,

    /// <summary>Waits to be started.</summary>
    Pending,

    /// <summary>Put aside, to go on later.</summary>
    Preempted,

    /// <summary>About to be put aside.</summary>
    Preempting,
}

/// <summary>A value that a trial reported on its way.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Value">The metric; may be NaN.</param>
public sealed record TrialReport(long Step, double Value);

/// <summary>One trial of a sweep.</summary>
/// <param name="Number">Number from 0 in the order of asking.</param>
/// <param name="Parameters">The parameters, nested as configured.</param>
public sealed record SweepTrial(int Number, JsonObject Parameters)
{
    /// <summary>Where it stands.</summary>
    public TrialState State { get; init; } = TrialState.Running;

    /// <summary>The values told at the end, in the order of the sweep's metrics; NaN where one is missing.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>What it reported of the first metric, in order.</summary>
    public IReadOnlyList<TrialReport> History { get; init; } = [];

    /// <summary>Rung of successive halving, from 0.</summary>
    public int Rung { get; init; }

    /// <summary>The trial of the rung below that this one goes on from, or null.</summary>
    public int? PromotedFrom { get; init; }
}
