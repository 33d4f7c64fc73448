using Sandbox.Engine.Persistence;

namespace Sandbox.Workflows.Persistence;

/// <summary>A job's record and what it wrote, in the engine's commit. Every job pays for it, so it is plain SQL: setting
/// up a context of EF costs more than the rest of the commit.</summary>
internal sealed class JobRecordCommit(JobRecordRow record, IReadOnlyList<ArtifactRow> artifacts) : ICommitWork
{
    private const string InsertRecord =
        """
        INSERT INTO sandbox_job_records (RunId, JobId, ActivityId, Iteration, Pipeline, Stage, "Index", MetaName, Outputs, ConfigHash,
            Inputs, Attempt, RecordedAt, Origin, IsShared)
        VALUES (@run, @job, @activity, @iteration, @pipeline, @stage, @index, @name, @outputs, @hash, @inputs, @attempt, @time, @origin,
            @shared)
        """;

    private const string InsertArtifact =
        """
        INSERT INTO sandbox_artifacts (RunId, JobId, Path, FullPath, CopyPath, Iteration, Bytes, Sha256, Published)
        VALUES (@run, @job, @path, @full, @copy, @iteration, @bytes, @sha256, @published)
        """;

    /// <summary>Where the result is from.</summary>
    public string Origin => record.Origin;

    public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
    {
        await scope.ExecuteAsync(
            InsertRecord,
            [
                ("@run", record.RunId), ("@job", record.JobId), ("@activity", record.ActivityId), ("@iteration", record.Iteration),
                ("@pipeline", record.Pipeline), ("@stage", record.Stage), ("@index", record.Index), ("@name", record.MetaName),
                ("@outputs", record.Outputs), ("@hash", record.ConfigHash), ("@inputs", record.Inputs), ("@attempt", record.Attempt),
                ("@time", record.RecordedAt), ("@origin", record.Origin), ("@shared", record.IsShared),
            ],
            cancellationToken);
        foreach (var artifact in artifacts)
        {
            await scope.ExecuteAsync(
                InsertArtifact,
                [
                    ("@run", artifact.RunId), ("@job", artifact.JobId), ("@path", artifact.Path), ("@full", artifact.FullPath),
                    ("@copy", artifact.CopyPath), ("@iteration", artifact.Iteration), ("@bytes", artifact.Bytes),
                    ("@sha256", artifact.Sha256), ("@published", artifact.Published),
                ],
                cancellationToken);
        }
    }
}
