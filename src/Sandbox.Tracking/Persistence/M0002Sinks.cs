using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Tracking.Persistence;

/// <summary>How far each sink has come.</summary>
[DbContext(typeof(TrackingDbContext))]
[Migration("0002_sinks")]
internal sealed class M0002Sinks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE tracking_sinks (
            RunId TEXT NOT NULL,
            Sink TEXT NOT NULL,
            UpToMetric INTEGER NOT NULL,
            UpToConfigs INTEGER NOT NULL,
            ExitCode INTEGER NULL,
            State TEXT NOT NULL,
            PRIMARY KEY (RunId, Sink));
        """);
}
