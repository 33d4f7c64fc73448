using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Sweeps and their trials. A trial's run knows its sweep, and publishes below a root of its own.</summary>
[DbContext(typeof(RunsDbContext))]
[Migration("0011_sweeps")]
internal sealed class SweepMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE sandbox_sweeps (
            RunId TEXT NOT NULL PRIMARY KEY,
            Seed INTEGER NOT NULL,
            IsStopped INTEGER NOT NULL,
            ExtraTrials INTEGER NOT NULL);
        CREATE TABLE sandbox_trials (
            SweepId TEXT NOT NULL,
            Number INTEGER NOT NULL,
            RunId TEXT NULL,
            Parameters TEXT NOT NULL,
            State TEXT NOT NULL,
            "Values" TEXT NOT NULL,
            History TEXT NOT NULL,
            Rung INTEGER NOT NULL,
            PromotedFrom INTEGER NULL,
            Problem TEXT NULL,
            PRIMARY KEY (SweepId, Number));
        ALTER TABLE sandbox_runs ADD COLUMN SweepId TEXT NULL;
        ALTER TABLE sandbox_runs ADD COLUMN OutputRoot TEXT NULL;
        ALTER TABLE sandbox_runs ADD COLUMN SharesResults INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX IX_sandbox_runs_sweep ON sandbox_runs (SweepId);
        CREATE INDEX IX_sandbox_job_records_config ON sandbox_job_records (ConfigHash);
        """);
}
