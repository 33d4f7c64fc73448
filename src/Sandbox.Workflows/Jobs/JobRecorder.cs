using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Context;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Persistence;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Jobs;

/// <summary>Turns what an attempt gave into rows of the engine's commit, and publishes its files once it has won.</summary>
internal sealed class JobRecorder(
    IDbContextFactory<RunsDbContext> contexts, SandboxHome home, Publisher publisher, ContextFile contextFile)
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
        record.Inputs = await JobFingerprint.OfReadsAsync(workspace.Files, cancellationToken);
        var artifacts = new List<ArtifactRow>();
        foreach (var write in workspace.Files.Writes)
        {
            artifacts.AddRange(await RowsOfAsync(write, record, cancellationToken));
        }

        return await ResultAsync(scope, workspace, record, artifacts);
    }

    /// <summary>The result of an earlier version of the run, or of a context file, where it still holds; else null.</summary>
    public async Task<JobResult?> FindReusableAsync(
        RunScope scope, JobWorkspace workspace, JobRecordRow record, HookJobInput input, CancellationToken cancellationToken)
    {
        foreach (var earlier in scope.Records.Earlier(record.Pipeline, record.Stage, record.Index, record.Iteration))
        {
            var holds = earlier.Origin == Origins.Seed
                || (earlier.ConfigHash == record.ConfigHash
                    && await JobFingerprint.StillHoldsAsync(earlier, workspace.Files, cancellationToken));
            if (!holds)
            {
                continue;
            }

            var values = RunRecords.Outputs(earlier).Select(o => o.Value).ToList();
            var named = JobContext.Record(input.MetaName, input.Output, new HookResult(values));
            record.Outputs = earlier.Origin == Origins.Seed ? earlier.Outputs : PythonJson.Write(named.ToJson());
            record.Inputs = earlier.Inputs;
            record.Origin = earlier.Origin == Origins.Seed ? Origins.File : Origins.Reused;
            return await ResultAsync(scope, workspace, record, await ArtifactsOfAsync(earlier, record, cancellationToken));
        }

        return null;
    }

    private async Task<JobResult> ResultAsync(
        RunScope scope, JobWorkspace workspace, JobRecordRow record, List<ArtifactRow> artifacts)
    {
        var outputs = new JsonObject { ["result"] = FiniteJson.Of(RunRecords.Outputs(record)) };
        ICommitWork[] work = [new JobRecordCommit(record, artifacts), await workspace.Watcher.FinishAsync()];
        return new JobResult(outputs, [], work)
        {
            BeforeNext = async cancellationToken =>
            {
                scope.Records.Add(record);
                if (artifacts.Count > 0)
                {
                    scope.Records.NoteUnpublished();
                    await PublishAsync(scope.Records, cancellationToken);
                }

                if (scope.Layout.LastOfPipeline.Contains(record.ActivityId))
                {
                    await contextFile.WriteAsync(scope.Records, cancellationToken);
                }
            },
        };
    }

    private async Task<List<ArtifactRow>> RowsOfAsync(AttemptWrite write, JobRecordRow record, CancellationToken cancellationToken)
    {
        var files = File.Exists(write.CopyPath) ? [write.CopyPath]
            : Directory.Exists(write.CopyPath) ? Directory.GetFiles(write.CopyPath, "*", SearchOption.AllDirectories)
            : [];
        var rows = new List<ArtifactRow>();
        foreach (var file in files.Where(f => !f.EndsWith(WholeFile.PartialSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var below = Path.GetRelativePath(write.CopyPath, file);
            rows.Add(new ArtifactRow
            {
                RunId = record.RunId,
                JobId = record.JobId,
                Path = below == "." ? write.Path : Path.Combine(write.Path, below),
                FullPath = below == "." ? write.FullPath : Path.Combine(write.FullPath, below),
                CopyPath = Path.GetRelativePath(home.RunDirectory(record.RunId), file),
                Iteration = record.Iteration,
                Bytes = new FileInfo(file).Length,
                Sha256 = await FileHash.OfAsync(file, cancellationToken),
            });
        }

        return rows;
    }

    // The copies stay where they are; what they are published as is published again, in the new order.
    private async Task<List<ArtifactRow>> ArtifactsOfAsync(JobRecordRow earlier, JobRecordRow record, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var artifacts = await db.Artifacts.AsNoTracking()
            .Where(a => a.RunId == earlier.RunId && a.JobId == earlier.JobId).OrderBy(a => a.Sequence).ToListAsync(cancellationToken);
        return [.. artifacts.Select(a => new ArtifactRow
        {
            RunId = a.RunId,
            JobId = record.JobId,
            Path = a.Path,
            FullPath = a.FullPath,
            CopyPath = a.CopyPath,
            Iteration = a.Iteration,
            Bytes = a.Bytes,
            Sha256 = a.Sha256,
        })];
    }
}
