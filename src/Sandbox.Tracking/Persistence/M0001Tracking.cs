using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Tracking.Persistence;

/// <summary>The first schema.</summary>
[DbContext(typeof(TrackingDbContext))]
[Migration("0001_Tracking")]
internal sealed class M0001Tracking : Migration
{
    private const string Autoincrement = "Sqlite:Autoincrement";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateMetrics(migrationBuilder);
        CreateResults(migrationBuilder);
        CreateConfigs(migrationBuilder);
        migrationBuilder.CreateTable(
            name: "tracking_attempts",
            columns: table => new
            {
                RunId = table.Column<string>(nullable: false),
                JobId = table.Column<string>(nullable: false),
                Attempt = table.Column<int>(nullable: false),
                UpToMetric = table.Column<long>(nullable: false),
                UpToResult = table.Column<long>(nullable: false),
                Won = table.Column<bool>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_tracking_attempts", row => new { row.RunId, row.JobId, row.Attempt }));
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("tracking_metrics");
        migrationBuilder.DropTable("tracking_results");
        migrationBuilder.DropTable("tracking_configs");
        migrationBuilder.DropTable("tracking_attempts");
    }

    private static void CreateMetrics(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "tracking_metrics",
            columns: table => new
            {
                Sequence = table.Column<long>(nullable: false).Annotation(Autoincrement, true),
                RunId = table.Column<string>(nullable: false),
                JobId = table.Column<string>(nullable: true),
                Attempt = table.Column<int>(nullable: true),
                Name = table.Column<string>(nullable: false),
                Step = table.Column<double>(nullable: true),
                Time = table.Column<long>(nullable: false),
                Value = table.Column<double>(nullable: true),
                Stream = table.Column<string>(nullable: true),
                ByteOffset = table.Column<long>(nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_tracking_metrics", row => row.Sequence));
        migrationBuilder.CreateIndex("IX_tracking_metrics_name", "tracking_metrics", ["RunId", "Name"]);
        migrationBuilder.CreateIndex("IX_tracking_metrics_job", "tracking_metrics", ["RunId", "JobId", "Attempt"]);
        // A log that is read again after a restart gives the same metrics, not new ones.
        migrationBuilder.CreateIndex(
            "IX_tracking_metrics_place",
            "tracking_metrics",
            ["RunId", "JobId", "Attempt", "Stream", "ByteOffset", "Name"],
            unique: true,
            filter: "\"Stream\" IS NOT NULL AND \"ByteOffset\" IS NOT NULL");
    }

    private static void CreateResults(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "tracking_results",
            columns: table => new
            {
                Sequence = table.Column<long>(nullable: false).Annotation(Autoincrement, true),
                RunId = table.Column<string>(nullable: false),
                JobId = table.Column<string>(nullable: true),
                Attempt = table.Column<int>(nullable: true),
                MetaName = table.Column<string>(nullable: false),
                Json = table.Column<string>(nullable: false),
                Time = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_tracking_results", row => row.Sequence));
        migrationBuilder.CreateIndex("IX_tracking_results_name", "tracking_results", ["RunId", "MetaName"]);
        migrationBuilder.CreateIndex("IX_tracking_results_job", "tracking_results", ["RunId", "JobId", "Attempt"]);
    }

    private static void CreateConfigs(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "tracking_configs",
            columns: table => new
            {
                Sequence = table.Column<long>(nullable: false).Annotation(Autoincrement, true),
                RunId = table.Column<string>(nullable: false),
                JobId = table.Column<string>(nullable: true),
                Attempt = table.Column<int>(nullable: true),
                Prefix = table.Column<string>(nullable: false),
                Json = table.Column<string>(nullable: false),
                Time = table.Column<long>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_tracking_configs", row => row.Sequence));
        migrationBuilder.CreateIndex("IX_tracking_configs_run", "tracking_configs", "RunId");
    }
}
