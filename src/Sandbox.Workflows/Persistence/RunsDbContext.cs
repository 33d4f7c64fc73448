using Microsoft.EntityFrameworkCore;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Workflows.Persistence;

/// <summary>The tables of runs: what was started, what its jobs recorded and wrote. They lie in the engine's database
/// and are written in the engine's commits.</summary>
internal sealed class RunsDbContext(DbContextOptions<RunsDbContext> options) : DbContext(options)
{
    public DbSet<RunRow> Runs => Set<RunRow>();

    public DbSet<JobRecordRow> JobRecords => Set<JobRecordRow>();

    public DbSet<ArtifactRow> Artifacts => Set<ArtifactRow>();

    public DbSet<FileSnapshotRow> FileSnapshots => Set<FileSnapshotRow>();

    public DbSet<ResourceClaimRow> ResourceClaims => Set<ResourceClaimRow>();

    public DbSet<SweepRow> Sweeps => Set<SweepRow>();

    public DbSet<TrialRow> Trials => Set<TrialRow>();

    public DbSet<QueuedTrialRow> QueuedTrials => Set<QueuedTrialRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<RunRow>(run =>
        {
            run.ToTable("sandbox_runs");
            run.HasKey(r => r.Id);
            run.HasIndex(r => new { r.ConfigPath, r.CreatedAt });
        });
        modelBuilder.Entity<JobRecordRow>(record =>
        {
            record.ToTable("sandbox_job_records");
            record.HasKey(r => r.Sequence);
            record.Property(r => r.Sequence).ValueGeneratedOnAdd();
            record.HasIndex(r => new { r.RunId, r.JobId }).IsUnique();
        });
        modelBuilder.Entity<ArtifactRow>(artifact =>
        {
            artifact.ToTable("sandbox_artifacts");
            artifact.HasKey(a => a.Sequence);
            artifact.Property(a => a.Sequence).ValueGeneratedOnAdd();
            artifact.HasIndex(a => new { a.RunId, a.FullPath });
            artifact.HasIndex(a => new { a.RunId, a.Published });
        });
        modelBuilder.Entity<SweepRow>(sweep =>
        {
            sweep.ToTable("sandbox_sweeps");
            sweep.HasKey(s => s.RunId);
        });
        modelBuilder.Entity<TrialRow>(trial =>
        {
            trial.ToTable("sandbox_trials");
            trial.HasKey(t => new { t.SweepId, t.Number });
        });
        modelBuilder.Entity<QueuedTrialRow>(queued =>
        {
            queued.ToTable("sandbox_sweep_queue");
            queued.HasKey(q => q.Sequence);
            queued.Property(q => q.Sequence).ValueGeneratedOnAdd();
        });
        modelBuilder.Entity<FileSnapshotRow>(file =>
        {
            file.ToTable("sandbox_file_snapshots");
            file.HasKey(f => f.Sha256);
        });
        modelBuilder.Entity<ResourceClaimRow>(claim =>
        {
            claim.ToTable("sandbox_resource_claims");
            claim.HasKey(c => c.Sequence);
            claim.Property(c => c.Sequence).ValueGeneratedOnAdd();
        });
    }
}

/// <summary>A run. Its state is the engine's: the row has the id of the workflow instance.</summary>
internal sealed class RunRow
{
    public required string Id { get; set; }

    public required string ProjectName { get; set; }

    public required string ExperimentName { get; set; }

    /// <summary>Full path of the YAML, or null for a run of a definition.</summary>
    public string? ConfigPath { get; set; }

    /// <summary>The YAML as it was.</summary>
    public string? ConfigText { get; set; }

    /// <summary>The overrides of the command line, a JSON array of text.</summary>
    public string Overrides { get; set; } = "[]";

    /// <summary>What relative paths mean.</summary>
    public required string CurrentDirectory { get; set; }

    public required string WorkDir { get; set; }

    public required string DefinitionVersionId { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public required long CreatedAt { get; set; }

    /// <summary>Unix milliseconds: when a mended config last made the run start over; null for never.</summary>
    public long? MendedAt { get; set; }

    /// <summary>Host, program version and the like, a JSON object.</summary>
    public string Environment { get; set; } = "{}";

    /// <summary>Warnings found when the config was checked, a JSON array of text.</summary>
    public string Warnings { get; set; } = "[]";

    /// <summary>The sweep whose trial the run is; null for a run of its own.</summary>
    public string? SweepId { get; set; }

    /// <summary>The directory below which files are published; null for the paths that the config names.</summary>
    public string? OutputRoot { get; set; }

    /// <summary>Whether jobs may be answered from results of the sweep's other trials.</summary>
    public bool SharesResults { get; set; }

    /// <summary>Whether that holds for jobs of outside programs and services, too.</summary>
    public bool SharesPrograms { get; set; }
}

/// <summary>A finished job: its context infos and what its result depended on. One row a job.</summary>
internal sealed class JobRecordRow
{
    public long Sequence { get; set; }

    public required string RunId { get; set; }

    /// <summary>The id of the activity's execution.</summary>
    public required string JobId { get; set; }

    public required string ActivityId { get; set; }

    public required int Iteration { get; set; }

    public required string Pipeline { get; set; }

    public required string Stage { get; set; }

    public required int Index { get; set; }

    public string? MetaName { get; set; }

    /// <summary>The outputs in order, a JSON object; an empty one for a job without results.</summary>
    public required string Outputs { get; set; }

    /// <summary>SHA-256 of hook and resolved config.</summary>
    public string ConfigHash { get; set; } = string.Empty;

    /// <summary>What was read: a JSON array of path, SHA-256.</summary>
    public string Inputs { get; set; } = "[]";

    public int Attempt { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public required long RecordedAt { get; set; }

    /// <summary>Where the record is from: <c>run</c>, <c>reused</c> (an earlier version of the run had it) or
    /// <c>file</c> (a context file).</summary>
    public string Origin { get; set; } = "run";

    /// <summary>Whether other trials of the sweep may be answered from it.</summary>
    public bool IsShared { get; set; }
}

/// <summary>A file that a job wrote: where the run keeps it and under which path it is published.</summary>
internal sealed class ArtifactRow
{
    public long Sequence { get; set; }

    public required string RunId { get; set; }

    public required string JobId { get; set; }

    /// <summary>The path as the config names it.</summary>
    public required string Path { get; set; }

    /// <summary>The full path under which it is published.</summary>
    public required string FullPath { get; set; }

    /// <summary>The run's own copy, relative to the run's directory.</summary>
    public required string CopyPath { get; set; }

    public required int Iteration { get; set; }

    public required long Bytes { get; set; }

    public required string Sha256 { get; set; }

    public bool Published { get; set; }
}

/// <summary>A file that a config referred to when it was compiled.</summary>
internal sealed class FileSnapshotRow
{
    public required string Sha256 { get; set; }

    public required string Content { get; set; }
}
