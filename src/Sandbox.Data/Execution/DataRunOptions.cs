namespace Sandbox.Data.Execution;

/// <summary>How a recipe is run, beside what the recipe says.</summary>
public sealed record DataRunOptions
{
    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Batches worked on at a time; null takes the recipe's <c>np</c>, or one a processor.</summary>
    public int? Parallelism { get; init; }

    /// <summary>How many malformed rows the result lists; all are counted.</summary>
    public int ListedBadRows { get; init; } = 100;

    /// <summary>How many keys a deduplicator holds in memory before it goes to disk.</summary>
    public int KeysInMemory { get; init; } = Barriers.Deduplicating.DefaultKeysInMemory;

    /// <summary>Where <c>use_checkpoint</c> keeps rows; null takes <c>ckpt/</c> of the work directory.</summary>
    public string? CheckpointDirectory { get; init; }

    internal int DegreeFor(int? np) => Math.Max(1, Parallelism ?? Math.Min(np ?? Environment.ProcessorCount, Environment.ProcessorCount));
}
