using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Tracking.Persistence;

namespace Sandbox.Tracking.Sinks;

/// <summary>How far a sink has come with a run. The local store is the truth; this says what of it another tool has.</summary>
internal sealed class SinkProgress(TrackingDatabase database)
{
    /// <summary>Most metrics in a batch.</summary>
    public const int MostMetrics = 5000;

    /// <summary>The progress; a new one where there is none.</summary>
    public async Task<SinkStateRow> FindAsync(string runId, string key, CancellationToken cancellationToken)
    {
        await using var db = await database.OpenAsync(cancellationToken);
        return await db.Sinks.FirstOrDefaultAsync(s => s.RunId == runId && s.Sink == key, cancellationToken)
            ?? new SinkStateRow { RunId = runId, Sink = key };
    }

    /// <summary>What is recorded and not yet brought.</summary>
    public async Task<(List<TrackedMetric> Metrics, List<WatchedConfigs> Configs)> NewAsync(SinkStateRow progress, CancellationToken cancellationToken)
    {
        await using var db = await database.OpenAsync(cancellationToken);
        var metrics = await db.Metrics.Where(m => m.RunId == progress.RunId && m.Sequence > progress.UpToMetric)
            .OrderBy(m => m.Sequence).Take(MostMetrics).ToListAsync(cancellationToken);
        var configs = await db.Configs.Where(c => c.RunId == progress.RunId && c.Sequence > progress.UpToConfigs)
            .OrderBy(c => c.Sequence).ToListAsync(cancellationToken);
        return ([.. metrics.Select(TrackingStore.ToMetric)], [.. configs.Select(TrackingStore.ToConfigs)]);
    }

    /// <summary>Keeps the progress.</summary>
    public async Task SaveAsync(SinkStateRow progress, CancellationToken cancellationToken)
    {
        await using var db = await database.OpenAsync(cancellationToken);
        var isKnown = await db.Sinks.AnyAsync(s => s.RunId == progress.RunId && s.Sink == progress.Sink, cancellationToken);
        db.Entry(progress).State = isKnown ? EntityState.Modified : EntityState.Added;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The state that a sink gave back.</summary>
    public static JsonObject StateOf(SinkStateRow row) => JsonNode.Parse(row.State)!.AsObject();
}
