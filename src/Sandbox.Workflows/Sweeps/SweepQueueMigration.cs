using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Trials that somebody asked for, what a sweep learnt before it began, and results of outside programs to share.</summary>
[DbContext(typeof(RunsDbContext))]
[Migration("0013_sweep_queue")]
internal sealed class SweepQueueMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE sandbox_sweep_queue (
            Sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            SweepId TEXT NOT NULL,
            Parameters TEXT NOT NULL);
        ALTER TABLE sandbox_sweeps ADD COLUMN Earlier TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE sandbox_runs ADD COLUMN SharesPrograms INTEGER NOT NULL DEFAULT 0;
        """);
}
