namespace Sandbox.Environments.Supervision;

/// <summary>A program to be run under a supervisor.</summary>
public sealed record ProcessSpec
{
    /// <summary>Program and arguments, given as they are, never through a shell.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Where it runs; a full path.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>A file that is its standard input; nothing without it.</summary>
    public string? InputFile { get; init; }

    /// <summary>Variables set beside those of the process that starts the supervisor.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What it may not exceed.</summary>
    public ProcessLimits Limits { get; init; } = new();
}

/// <summary>What a supervised process may not exceed. The supervisor holds the limits itself, whoever watches.</summary>
public sealed record ProcessLimits
{
    /// <summary>Longest run; null for as long as it needs.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Longest time without output; null for any.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>Most memory that all its processes together may have resident, in bytes; null for any.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Time between the friendly signal (TERM) and the other one (KILL).</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Size at which a file of output is followed by the next, in bytes.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;
}
