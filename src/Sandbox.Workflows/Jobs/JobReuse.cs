using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Context;
using Sandbox.Core.Hooks;
using Sandbox.Core.Tracking;
using Sandbox.Tracking;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Workflows.Jobs;

/// <summary>Results of an earlier version of the run, or of a context file, that still hold.</summary>
internal sealed class JobReuse(IDbContextFactory<RunsDbContext> contexts, TrackingStore tracking, FileHashes hashes)
{
    /// <summary>The earlier record of the job whose result still holds, or null.</summary>
    /// <param name="scope">The run.</param>
    /// <param name="workspace">The job's workspace.</param>
    /// <param name="record">The new record.</param>
    /// <param name="picked">The results that are asked for, where they have names of their own: all of them must be there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JobRecordRow?> FindAsync(
        RunScope scope, JobWorkspace workspace, JobRecordRow record, IReadOnlyList<string>? picked, CancellationToken cancellationToken)
    {
        var atThisPlace = scope.Records.Earlier(record.Pipeline, record.Stage, record.Index, record.Iteration);
        foreach (var earlier in atThisPlace.Concat(scope.Records.Moved(record)))
        {
            // Of a job in a context file nothing is known but its results.
            if (earlier.Origin == Origins.Seed
                || (earlier.ConfigHash == record.ConfigHash && Has(earlier, picked) && await JobFingerprint.StillHoldsAsync(
                    earlier, workspace.Files, workspace.Watcher, hashes, cancellationToken)))
            {
                return earlier;
            }
        }

        return null;
    }

    /// <summary>The record of another trial of the same sweep whose result holds for this job, too, or null.</summary>
    public async Task<JobRecordRow?> FindSharedAsync(
        RunScope scope, JobWorkspace workspace, JobRecordRow record, IReadOnlyList<string>? picked, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var other in await SweepCache.CandidatesAsync(db, scope.Records.Run, record, cancellationToken))
        {
            if (Has(other, picked) && await JobFingerprint.StillHoldsAsync(other, workspace.Files, workspace.Watcher, hashes, cancellationToken))
            {
                return other;
            }
        }

        return null;
    }

    /// <summary>Fills a record from an earlier one, under the names that the config gives now.</summary>
    /// <param name="record">The new record.</param>
    /// <param name="earlier">The earlier one.</param>
    /// <param name="names">The job's <c>output</c>.</param>
    /// <param name="picked">The results that are asked for, where they have names of their own; else null.</param>
    public static void Fill(JobRecordRow record, JobRecordRow earlier, IReadOnlyList<string>? names, IReadOnlyList<string>? picked)
    {
        var isSeed = earlier.Origin == Origins.Seed;
        record.Outputs = isSeed ? earlier.Outputs : PythonJson.Write(picked is null ? Renamed(record, earlier, names).ToJson() : Picked(earlier, picked));
        record.Inputs = earlier.Inputs;
        record.Origin = isSeed ? Origins.File : Origins.Reused;
    }

    /// <summary>The earlier job's files for the new record: the copies stay where they are, and are published again, in the
    /// new order.</summary>
    public async Task<IReadOnlyList<ArtifactRow>> ArtifactsAsync(
        JobRecordRow earlier, JobRecordRow record, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var artifacts = await db.Artifacts.AsNoTracking()
            .Where(a => a.RunId == earlier.RunId && a.JobId == earlier.JobId).OrderBy(a => a.Sequence).ToListAsync(cancellationToken);
        return [.. artifacts.Select(a => new ArtifactRow
        {
            RunId = record.RunId,
            JobId = record.JobId,
            Path = a.Path,
            FullPath = a.FullPath,
            CopyPath = a.RunId == record.RunId ? a.CopyPath : Path.Combine("..", a.RunId, a.CopyPath),
            Iteration = a.Iteration,
            Bytes = a.Bytes,
            Sha256 = a.Sha256,
        })];
    }

    /// <summary>What the earlier job watched, for the new one: a later job asks for the newest.</summary>
    public async Task<TrackingBatch> WatchedAsync(JobRecordRow earlier, JobRecordRow record, CancellationToken cancellationToken)
    {
        var metrics = new List<Metric>();
        await foreach (var metric in tracking.MetricsAsync(new MetricQuery(earlier.RunId) { JobId = earlier.JobId }, cancellationToken))
        {
            metrics.Add(metric.Metric);
        }

        var results = await tracking.ResultsAsync(earlier.RunId, metaName: null, cancellationToken);
        return new TrackingBatch
        {
            RunId = record.RunId,
            JobId = record.JobId,
            Attempt = record.Attempt,
            Metrics = metrics,
            Results = [.. results.Where(r => r.JobId == earlier.JobId).Select(r => new PendingResult(r.MetaName, PythonJson.Write(r.Result), r.Time))],
        };
    }

    private static bool Has(JobRecordRow earlier, IReadOnlyList<string>? picked) =>
        picked is null || RunRecords.Outputs(earlier) is var outputs && picked.All(outputs.ContainsKey);

    private static JsonObject Picked(JobRecordRow earlier, IReadOnlyList<string> picked)
    {
        var outputs = RunRecords.Outputs(earlier);
        return new JsonObject(picked.Select(name => KeyValuePair.Create(name, outputs[name]?.DeepClone())));
    }

    private static JobContext Renamed(JobRecordRow record, JobRecordRow earlier, IReadOnlyList<string>? names)
    {
        List<JsonNode?> values = [.. RunRecords.Outputs(earlier).Select(o => o.Value?.DeepClone())];

        // What was recorded is the element of a list of one already.
        return JobContext.Record(record.MetaName, names, new HookResult(values is [JsonArray { Count: 1 } single] ? [new JsonArray(single)] : values));
    }
}
