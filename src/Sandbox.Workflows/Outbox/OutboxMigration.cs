using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Outbox;

/// <summary>What is to be told of runs elsewhere, and to whom. What has no time to be due is done with; it is kept for as long as
/// the same event could be found again.</summary>
[DbContext(typeof(RunsDbContext))]
[Migration("0014_outbox")]
internal sealed class OutboxMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE sandbox_outbox (
            Sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            Target TEXT NOT NULL,
            RunId TEXT NOT NULL,
            Event TEXT NOT NULL,
            At INTEGER NOT NULL,
            Body TEXT NOT NULL,
            Attempts INTEGER NOT NULL,
            DueAt INTEGER NULL,
            Failure TEXT NULL,
            UNIQUE (Target, RunId, Event, At));
        CREATE INDEX IX_sandbox_outbox_due ON sandbox_outbox (Target, DueAt) WHERE DueAt IS NOT NULL;
        CREATE TABLE sandbox_outbox_targets (
            Target TEXT NOT NULL PRIMARY KEY,
            BeganAt INTEGER NOT NULL,
            SeenTo INTEGER NOT NULL) WITHOUT ROWID;
        """);
}
