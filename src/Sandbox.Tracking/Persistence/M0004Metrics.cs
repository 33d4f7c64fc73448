using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Sandbox.Tracking.Persistence;

/// <summary>Every attempt that recorded anything stands among the attempts, so that the metrics themselves need no index by
/// attempt: an index costs every metric as much as the metric does.</summary>
[DbContext(typeof(TrackingDbContext))]
[Migration("0004_metrics")]
internal sealed class M0004Metrics : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        INSERT OR IGNORE INTO tracking_attempts (RunId, JobId, Attempt, UpToMetric, UpToResult, Won)
            SELECT DISTINCT RunId, JobId, Attempt, 0, 0, 0 FROM tracking_metrics WHERE JobId IS NOT NULL AND Attempt IS NOT NULL
            UNION SELECT DISTINCT RunId, JobId, Attempt, 0, 0, 0 FROM tracking_results WHERE JobId IS NOT NULL AND Attempt IS NOT NULL;
        DROP INDEX IF EXISTS IX_tracking_metrics_job;
        """);
}
