using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Jobs;

/// <summary>A job that has not ended, in memory. What it works on stays in the database until it starts.</summary>
internal sealed class JobTicket
{
    public required string Id { get; init; }

    public required ActivityExecution Execution { get; init; }

    public required string Kind { get; init; }

    public JobState State { get; set; }

    public int Attempt { get; set; } = 1;

    /// <summary>The attempt that this series of attempts began with: 1, or that of the last retry.</summary>
    public int FirstAttempt { get; set; } = 1;

    /// <summary>Attempts in all, in one series.</summary>
    public int MaxAttempts { get; init; } = 1;

    /// <summary>Whether another attempt is left.</summary>
    public bool HasAttemptsLeft => Attempt - FirstAttempt + 1 < MaxAttempts;

    public TimeSpan Backoff { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>Not to be started before; null for at once.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? Message { get; set; }

    /// <summary>The variables in scope at its creation.</summary>
    public JsonObject Variables { get; init; } = [];

    /// <summary>Whether it has a row.</summary>
    public bool IsStored { get; set; }

    /// <summary>Whether it differs from its row.</summary>
    public bool IsDirty { get; set; }

    /// <summary>The pause after a failed attempt: it doubles each time, up to a day.</summary>
    public TimeSpan NextBackoff()
    {
        var ticks = Backoff.Ticks * Math.Pow(2, Attempt - FirstAttempt);
        return TimeSpan.FromTicks((long)Math.Min(ticks, TimeSpan.TicksPerDay));
    }
}
