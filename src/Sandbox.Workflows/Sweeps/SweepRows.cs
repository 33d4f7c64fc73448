namespace Sandbox.Workflows.Sweeps;

/// <summary>A sweep as it is worked. Its state is that of the workflow instance with the same id.</summary>
internal sealed class SweepRow
{
    public required string RunId { get; set; }

    /// <summary>What all its random numbers follow from.</summary>
    public required long Seed { get; set; }

    /// <summary>Whether somebody asked for no more trials.</summary>
    public bool IsStopped { get; set; }

    /// <summary>Trials on top of the configured number.</summary>
    public int ExtraTrials { get; set; }

    /// <summary>The trials of earlier sweeps that it learns from, as they were when it began: a JSON array.</summary>
    public string Earlier { get; set; } = "[]";
}

/// <summary>Parameters that somebody gave, not yet a trial.</summary>
internal sealed class QueuedTrialRow
{
    public long Sequence { get; set; }

    public required string SweepId { get; set; }

    /// <summary>A JSON object.</summary>
    public required string Parameters { get; set; }
}

/// <summary>A trial. Parameters are fixed when it is asked for, so that it is the same after a crash.</summary>
internal sealed class TrialRow
{
    public required string SweepId { get; set; }

    public required int Number { get; set; }

    /// <summary>The workflow instance that works it; null for one that waits to be started.</summary>
    public string? RunId { get; set; }

    /// <summary>The parameters, a JSON object.</summary>
    public required string Parameters { get; set; }

    /// <summary>A name of <see cref="Sandbox.Optimization.Studies.TrialState"/>, in small letters.</summary>
    public required string State { get; set; }

    /// <summary>The values of the metrics, a JSON array; null where one is missing.</summary>
    public string Values { get; set; } = "[]";

    /// <summary>Steps and values reported on the way, a JSON array of pairs.</summary>
    public string History { get; set; } = "[]";

    /// <summary>Rung of successive halving.</summary>
    public int Rung { get; set; }

    public int? PromotedFrom { get; set; }

    /// <summary>Why it has no value; null where it has one.</summary>
    public string? Problem { get; set; }
}
