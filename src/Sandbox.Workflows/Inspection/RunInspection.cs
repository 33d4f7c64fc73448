using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Files;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Inspection;

/// <summary>Looks at what runs were started with and what their jobs left behind. All ids are full ids of runs and jobs that
/// <see cref="RunQueries"/> gave.</summary>
public sealed class RunInspection
{
    private readonly RunQueries _queries;
    private readonly RunsDatabase _database;
    private readonly SandboxHome _home;

    internal RunInspection(RunQueries queries, RunsDatabase database, SandboxHome home) =>
        (_queries, _database, _home) = (queries, database, home);

    /// <summary>What a run was started with.</summary>
    /// <exception cref="FaultException">There is no such run.</exception>
    public async Task<RunSettings> SettingsAsync(string runId, CancellationToken cancellationToken)
    {
        var row = await _queries.FindAsync(runId, cancellationToken);
        return new RunSettings
        {
            ConfigText = row.ConfigText,
            Overrides = JsonSerializer.Deserialize<List<string>>(row.Overrides) ?? [],
            WorkDir = row.WorkDir,
            Environment = JsonNode.Parse(row.Environment)!.AsObject(),
            Warnings = JsonSerializer.Deserialize<List<string>>(row.Warnings) ?? [],
        };
    }

    /// <summary>The files that the jobs of a run wrote, in the order of their commits.</summary>
    public async Task<IReadOnlyList<RunArtifact>> ArtifactsAsync(string runId, CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        return await Counted(db, runId).OrderBy(a => a.Sequence)
            .Select(a => new RunArtifact(a.Sequence, a.JobId, a.Path, a.Bytes, a.Sha256, a.Published)).ToListAsync(cancellationToken);
    }

    /// <summary>Where the run's copy of an artifact lies; null where there is no such artifact, or its copy was cleaned away and
    /// what stands under its path is not that content any more.</summary>
    public async Task<string?> FileAsync(string runId, long artifactId, CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var row = await Counted(db, runId).FirstOrDefaultAsync(a => a.Sequence == artifactId, cancellationToken);
        if (row is null)
        {
            return null;
        }

        if (File.Exists(Copy(row)))
        {
            return Copy(row);
        }

        return await FileHash.OfAsync(row.FullPath, cancellationToken) == row.Sha256 ? row.FullPath : null;
    }

    /// <summary>What a finished job read and left; null where nothing of it is recorded.</summary>
    public async Task<JobRemains?> RemainsAsync(string runId, string jobId, CancellationToken cancellationToken)
    {
        await using var db = await _database.CreateDbContextAsync(cancellationToken);
        var record = await db.JobRecords.AsNoTracking()
            .FirstOrDefaultAsync(r => r.RunId == runId && r.JobId == jobId && r.Origin != Origins.Seed, cancellationToken);
        if (record is null)
        {
            return null;
        }

        var reads = new List<ReadFile>();
        foreach (var input in JsonNode.Parse(record.Inputs)!.AsArray().Where(i => i?["path"] is not null))
        {
            reads.Add(await ReadAsync(db, runId, input!["path"]!.GetValue<string>(), input["sha256"]?.ToString(), cancellationToken));
        }

        return new JobRemains(record.Attempt, reads, Scratch(runId, record));
    }

    private async Task<ReadFile> ReadAsync(
        RunsDbContext db, string runId, string path, string? sha256, CancellationToken cancellationToken)
    {
        var own = await db.Artifacts.AsNoTracking().Where(a => a.RunId == runId && a.FullPath == path && a.Sha256 == sha256)
            .OrderByDescending(a => a.Sequence).FirstOrDefaultAsync(cancellationToken);
        return own is not null && File.Exists(Copy(own)) ? new ReadFile(path, Copy(own), true) : new ReadFile(path, path, false);
    }

    // The attempt may have been taken up under several leases: the one that won wrote last.
    private string? Scratch(string runId, JobRecordRow record)
    {
        var jobs = Path.Combine(_home.RunDirectory(runId), "jobs", record.JobId);
        var prefix = string.Create(CultureInfo.InvariantCulture, $"{record.Attempt}.");
        return Directory.Exists(jobs)
            ? Directory.EnumerateDirectories(jobs, prefix + "*")
                .Where(d => long.TryParse(Path.GetFileName(d)[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .OrderByDescending(d => long.Parse(Path.GetFileName(d)[prefix.Length..], CultureInfo.InvariantCulture))
                .Select(d => Path.Combine(d, "scratch")).FirstOrDefault(Directory.Exists)
            : null;
    }

    private string Copy(ArtifactRow row) => Path.Combine(_home.RunDirectory(row.RunId), row.CopyPath);

    private static IQueryable<ArtifactRow> Counted(RunsDbContext db, string runId) =>
        db.Artifacts.AsNoTracking().Where(a => a.RunId == runId
            && db.JobRecords.Any(r => r.RunId == runId && r.JobId == a.JobId && r.Origin != Origins.Superseded));
}
