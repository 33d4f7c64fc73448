using System.Text.Json.Nodes;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Persistence;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Jobs;

/// <summary>Turns what an attempt gave into rows of the engine's commit, and publishes its files once it has won.</summary>
internal sealed class JobRecorder(
    JobReuse reuse, AttemptArtifacts artifacts, FileHashes hashes, Publisher publisher, ContextFile contextFile)
{
    /// <summary>Publishes what earlier jobs of the run won and a crash kept from being published.</summary>
    public async Task PublishAsync(RunRecords records, CancellationToken cancellationToken)
    {
        if (!records.TakeUnpublished())
        {
            return;
        }

        try
        {
            await publisher.PublishPendingAsync(records.Run.Id, cancellationToken);
        }
        catch
        {
            records.NoteUnpublished();
            throw;
        }
    }

    /// <summary>The result of an attempt that ran.</summary>
    public async Task<JobResult> RecordAsync(
        RunScope scope, JobWorkspace workspace, JobRecordRow record, CancellationToken cancellationToken)
    {
        var (files, watcher) = (workspace.Files, workspace.Watcher);
        record.Inputs = await JobFingerprint.OfInputsAsync(files, watcher, hashes, cancellationToken);
        var rows = await artifacts.OfAsync(files.Writes, record, cancellationToken);
        return Result(scope, record, rows, [await watcher.FinishAsync()]);
    }

    /// <summary>The result of an earlier version of the run, of a context file or of another trial, where it still holds; else
    /// null.</summary>
    public async Task<JobResult?> FindReusableAsync(
        RunScope scope, JobWorkspace workspace, JobRecordRow record, HookJobInput input, IReadOnlyList<string>? named, bool sharesResults,
        CancellationToken cancellationToken)
    {
        var picked = named is null ? null : input.Output ?? named;
        var earlier = await reuse.FindAsync(scope, workspace, record, picked, cancellationToken)
            ?? (sharesResults ? await reuse.FindSharedAsync(scope, workspace, record, picked, cancellationToken) : null);
        if (earlier is null)
        {
            return null;
        }

        JobReuse.Fill(record, earlier, input.Output, picked);
        var rows = await reuse.ArtifactsAsync(earlier, record, cancellationToken);
        var watched = await reuse.WatchedAsync(earlier, record, cancellationToken);

        // The attempt's own marks come first: with them goes what an attempt that was interrupted had left.
        return Result(scope, record, rows, [await workspace.Watcher.FinishAsync(), new TrackingCommit([watched])]);
    }

    private JobResult Result(
        RunScope scope, JobRecordRow record, IReadOnlyList<ArtifactRow> rows, IReadOnlyList<ICommitWork> watched)
    {
        var outputs = new JsonObject { ["result"] = FiniteJson.Of(RunRecords.Outputs(record)) };
        return new JobResult(outputs, [], [new JobRecordCommit(record, rows), .. watched])
        {
            BeforeNext = cancellationToken => FollowAsync(scope, record, rows.Count > 0, cancellationToken),
        };
    }

    private async Task FollowAsync(RunScope scope, JobRecordRow record, bool hasFiles, CancellationToken cancellationToken)
    {
        scope.Records.Add(record);
        if (hasFiles)
        {
            scope.Records.NoteUnpublished();
            await PublishAsync(scope.Records, cancellationToken);
        }

        if (scope.Layout.LastOfPipeline.Contains(record.ActivityId))
        {
            try
            {
                await contextFile.WriteAsync(scope.Records, isFinished: false, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The database has it. The file is tried again when the run stops, and then it is told.
            }
        }
    }
}
