using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Sandbox.Engine.Persistence;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Tests.Persistence;

public sealed class JobRecordCommitTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("process")]
    [InlineData(null)]
    public async Task What_is_written_by_hand_is_what_the_mapping_reads(string? metaName)
    {
        var record = new JobRecordRow
        {
            RunId = "run", JobId = "job", ActivityId = "activity", Iteration = 2, Pipeline = "p", Stage = "probe", Index = 3,
            MetaName = metaName, Outputs = """{"a":NaN}""", ConfigHash = "hash", Inputs = """[{"path":"p"}]""", Attempt = 4,
            RecordedAt = 1234567890123, Origin = "reused", IsShared = true,
        };
        var artifact = new ArtifactRow
        {
            RunId = "run", JobId = "job", Path = "./a", FullPath = "/a", CopyPath = "jobs/a", Iteration = 2, Bytes = long.MaxValue,
            Sha256 = "00", Published = true,
        };
        var database = new RunsDatabase(new EngineStoreOptions { DatabasePath = Path.Combine(_directory, "sandbox.db") });
        await using (var db = await database.CreateDbContextAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var scope = new CommitScope(db.Database.GetDbConnection(), transaction.GetDbTransaction(), default);
            await new JobRecordCommit(record, [artifact]).ApplyAsync(scope, CancellationToken.None);
            await transaction.CommitAsync();
        }

        await using var read = await database.CreateDbContextAsync();
        (record.Sequence, artifact.Sequence) = (1, 1);
        (await read.JobRecords.SingleAsync()).ShouldBeEquivalentTo(record);
        (await read.Artifacts.SingleAsync()).ShouldBeEquivalentTo(artifact);
    }
}
