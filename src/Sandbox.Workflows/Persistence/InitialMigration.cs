using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Workflows.Persistence;

/// <summary>The first schema. Written by hand: there is no migration tool here.</summary>
[DbContext(typeof(RunsDbContext))]
[Migration("0001_runs")]
internal sealed class InitialMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE sandbox_runs (
            Id TEXT NOT NULL PRIMARY KEY,
            ProjectName TEXT NOT NULL,
            ExperimentName TEXT NOT NULL,
            ConfigPath TEXT NULL,
            ConfigText TEXT NULL,
            Overrides TEXT NOT NULL,
            CurrentDirectory TEXT NOT NULL,
            WorkDir TEXT NOT NULL,
            DefinitionVersionId TEXT NOT NULL,
            CreatedAt INTEGER NOT NULL,
            Environment TEXT NOT NULL,
            Warnings TEXT NOT NULL);
        CREATE INDEX IX_sandbox_runs_config ON sandbox_runs (ConfigPath, CreatedAt);
        CREATE TABLE sandbox_job_records (
            Sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            RunId TEXT NOT NULL,
            JobId TEXT NOT NULL,
            ActivityId TEXT NOT NULL,
            Iteration INTEGER NOT NULL,
            Pipeline TEXT NOT NULL,
            Stage TEXT NOT NULL,
            "Index" INTEGER NOT NULL,
            MetaName TEXT NULL,
            Outputs TEXT NOT NULL,
            ConfigHash TEXT NOT NULL,
            Inputs TEXT NOT NULL,
            Attempt INTEGER NOT NULL,
            RecordedAt INTEGER NOT NULL,
            Origin TEXT NOT NULL);
        CREATE INDEX IX_sandbox_job_records_run ON sandbox_job_records (RunId, Sequence);
        CREATE UNIQUE INDEX IX_sandbox_job_records_job ON sandbox_job_records (RunId, JobId);
        CREATE TABLE sandbox_artifacts (
            Sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            RunId TEXT NOT NULL,
            JobId TEXT NOT NULL,
            Path TEXT NOT NULL,
            FullPath TEXT NOT NULL,
            CopyPath TEXT NOT NULL,
            Iteration INTEGER NOT NULL,
            Bytes INTEGER NOT NULL,
            Sha256 TEXT NOT NULL,
            Published INTEGER NOT NULL);
        CREATE INDEX IX_sandbox_artifacts_path ON sandbox_artifacts (RunId, FullPath);
        CREATE INDEX IX_sandbox_artifacts_published ON sandbox_artifacts (RunId, Published);
        CREATE TABLE sandbox_file_snapshots (
            Sha256 TEXT NOT NULL PRIMARY KEY,
            Content TEXT NOT NULL);
        """);
}
