using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Workflows.Persistence;

/// <summary>Who has which GPUs and other slots, and who waits for some.</summary>
[DbContext(typeof(RunsDbContext))]
[Migration("0003_resources")]
internal sealed class ResourcesMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE sandbox_resource_claims (
            Sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            RunId TEXT NOT NULL,
            JobId TEXT NOT NULL,
            Attempt INTEGER NOT NULL,
            Wants TEXT NOT NULL,
            Given TEXT NULL,
            Holder TEXT NULL);
        CREATE UNIQUE INDEX IX_sandbox_resource_claims_attempt ON sandbox_resource_claims (RunId, JobId, Attempt);
        """);
}
