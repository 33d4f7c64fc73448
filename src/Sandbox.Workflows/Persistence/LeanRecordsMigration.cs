using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Workflows.Persistence;

/// <summary>Every job pays for the indexes of its record: one by run and job is enough, and only trials that share results
/// are looked for by configuration.</summary>
[DbContext(typeof(RunsDbContext))]
[Migration("0012_lean_records")]
internal sealed class LeanRecordsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE sandbox_job_records ADD COLUMN IsShared INTEGER NOT NULL DEFAULT 0;
        UPDATE sandbox_job_records SET IsShared = 1 WHERE RunId IN (SELECT Id FROM sandbox_runs WHERE SharesResults = 1);
        DROP INDEX IX_sandbox_job_records_run;
        DROP INDEX IX_sandbox_job_records_config;
        CREATE INDEX IX_sandbox_job_records_shared ON sandbox_job_records (ConfigHash) WHERE IsShared;
        """);
}
