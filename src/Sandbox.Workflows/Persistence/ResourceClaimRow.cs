namespace Sandbox.Workflows.Persistence;

/// <summary>What an attempt of a job wants of the machine's slots, and has.</summary>
internal sealed class ResourceClaimRow
{
    /// <summary>The order in which they asked.</summary>
    public long Sequence { get; set; }

    public required string RunId { get; set; }

    public required string JobId { get; set; }

    public required int Attempt { get; set; }

    /// <summary>JSON: how many of each kind.</summary>
    public required string Wants { get; set; }

    /// <summary>JSON: the slots of each kind; null while it waits.</summary>
    public string? Given { get; set; }

    /// <summary>The process that runs the job; null where only the job's program is left of it.</summary>
    public string? Holder { get; set; }
}
