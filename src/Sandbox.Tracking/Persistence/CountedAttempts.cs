using Microsoft.EntityFrameworkCore;

namespace Sandbox.Tracking.Persistence;

/// <summary>
/// Which records of a run count. Of each job: those of the attempt that won, or of the newest while none has; and of its
/// other attempts what they recorded up to their last finished step.
/// </summary>
internal sealed class CountedAttempts
{
    private readonly Dictionary<string, int> _current;
    private readonly Dictionary<(string JobId, int Attempt), AttemptRow> _marked;

    private CountedAttempts(Dictionary<string, int> current, Dictionary<(string JobId, int Attempt), AttemptRow> marked)
    {
        _current = current;
        _marked = marked;
    }

    public static async Task<CountedAttempts> LoadAsync(
        TrackingDbContext context, string runId, CancellationToken cancellationToken)
    {
        var marked = await context.Attempts.Where(a => a.RunId == runId).ToListAsync(cancellationToken);
        var current = marked.GroupBy(a => a.JobId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(a => a.Attempt), StringComparer.Ordinal);
        foreach (var winner in marked.Where(a => a.Won).OrderBy(a => a.Attempt))
        {
            current[winner.JobId] = winner.Attempt;
        }

        return new CountedAttempts(current, marked.ToDictionary(a => (a.JobId, a.Attempt)));
    }

    public bool CountsMetric(MetricRow row) => Counts(row.JobId, row.Attempt, row.Sequence);

    /// <summary>Whether the metric of an attempt at a place in the order of recording counts.</summary>
    public bool Counts(string? jobId, int? attempt, long sequence) => Counts(jobId, attempt, a => sequence <= a.UpToMetric);

    public bool CountsResult(ResultRow row) => Counts(row.JobId, row.Attempt, a => row.Sequence <= a.UpToResult);

    /// <summary>Whether a result belongs to a finished step of its attempt.</summary>
    public bool IsFinished(ResultRow row) =>
        row is { JobId: not null, Attempt: { } attempt }
        && _marked.TryGetValue((row.JobId, attempt), out var mark) && row.Sequence <= mark.UpToResult;

    // A job that is not known began to record after the look at the attempts: there was none of it before.
    private bool Counts(string? jobId, int? attempt, Func<AttemptRow, bool> isCovered) =>
        jobId is null || attempt is not { } number || !_current.TryGetValue(jobId, out var current) || current == number
        || (_marked.TryGetValue((jobId, number), out var mark) && isCovered(mark));
}
