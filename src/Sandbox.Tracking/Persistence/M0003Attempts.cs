using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Tracking.Persistence;

/// <summary>Attempts lie in their key's order: a mark costs a commit one page, not one of the table and one of an index.</summary>
[DbContext(typeof(TrackingDbContext))]
[Migration("0003_attempts")]
internal sealed class M0003Attempts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE tracking_attempts_ordered (
            RunId TEXT NOT NULL,
            JobId TEXT NOT NULL,
            Attempt INTEGER NOT NULL,
            UpToMetric INTEGER NOT NULL,
            UpToResult INTEGER NOT NULL,
            Won INTEGER NOT NULL,
            PRIMARY KEY (RunId, JobId, Attempt)) WITHOUT ROWID;
        INSERT INTO tracking_attempts_ordered SELECT RunId, JobId, Attempt, UpToMetric, UpToResult, Won FROM tracking_attempts;
        DROP TABLE tracking_attempts;
        ALTER TABLE tracking_attempts_ordered RENAME TO tracking_attempts;
        """);
}
