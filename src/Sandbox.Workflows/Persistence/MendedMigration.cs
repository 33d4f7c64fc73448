using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Workflows.Persistence;

/// <summary>When a mended config made a run start over: what its jobs did before is history.</summary>
[DbContext(typeof(RunsDbContext))]
[Migration("0002_mended")]
internal sealed class MendedMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE sandbox_runs ADD COLUMN MendedAt INTEGER NULL;");
}
