using Microsoft.EntityFrameworkCore;

namespace Sandbox.Tracking.Persistence;

/// <summary>The tables of metrics, watched results and configs. They lie in the database of the home.</summary>
internal sealed class TrackingDbContext(DbContextOptions<TrackingDbContext> options) : DbContext(options)
{
    /// <summary>Where this context's migrations are recorded; contexts of other rooms have their own table.</summary>
    public const string HistoryTable = "__migrations_tracking";

    public DbSet<MetricRow> Metrics => Set<MetricRow>();

    public DbSet<ResultRow> Results => Set<ResultRow>();

    public DbSet<ConfigsRow> Configs => Set<ConfigsRow>();

    public DbSet<AttemptRow> Attempts => Set<AttemptRow>();

    public DbSet<SinkStateRow> Sinks => Set<SinkStateRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<MetricRow>().ToTable("tracking_metrics").HasKey(r => r.Sequence);
        modelBuilder.Entity<ResultRow>().ToTable("tracking_results").HasKey(r => r.Sequence);
        modelBuilder.Entity<ConfigsRow>().ToTable("tracking_configs").HasKey(r => r.Sequence);
        modelBuilder.Entity<SinkStateRow>().ToTable("tracking_sinks").HasKey(r => new { r.RunId, r.Sink });
        modelBuilder.Entity<AttemptRow>().ToTable("tracking_attempts").HasKey(r => new { r.RunId, r.JobId, r.Attempt });
    }
}

/// <summary>One value of a metric.</summary>
internal sealed class MetricRow
{
    public long Sequence { get; set; }

    public required string RunId { get; set; }

    public string? JobId { get; set; }

    public int? Attempt { get; set; }

    public required string Name { get; set; }

    public double? Step { get; set; }

    /// <summary>UTC ticks (100 ns).</summary>
    public long Time { get; set; }

    /// <summary>Null is NaN, which SQLite cannot hold.</summary>
    public double? Value { get; set; }

    public string? Stream { get; set; }

    public long? ByteOffset { get; set; }
}

/// <summary>How far a sink has come with a run.</summary>
internal sealed class SinkStateRow
{
    public required string RunId { get; set; }

    public required string Sink { get; set; }

    public long UpToMetric { get; set; }

    public long UpToConfigs { get; set; }

    /// <summary>The end that it was told; null while it was told none.</summary>
    public int? ExitCode { get; set; }

    /// <summary>What it must remember, a JSON object.</summary>
    public string State { get; set; } = "{}";
}

/// <summary>A watched result, whole.</summary>
internal sealed class ResultRow
{
    public long Sequence { get; set; }

    public required string RunId { get; set; }

    public string? JobId { get; set; }

    public int? Attempt { get; set; }

    public required string MetaName { get; set; }

    public required string Json { get; set; }

    /// <summary>UTC ticks (100 ns).</summary>
    public long Time { get; set; }
}

/// <summary>Watched configs.</summary>
internal sealed class ConfigsRow
{
    public long Sequence { get; set; }

    public required string RunId { get; set; }

    public string? JobId { get; set; }

    public int? Attempt { get; set; }

    public required string Prefix { get; set; }

    public required string Json { get; set; }

    /// <summary>UTC ticks (100 ns).</summary>
    public long Time { get; set; }
}

/// <summary>Up to where an attempt's records are there to stay.</summary>
internal sealed class AttemptRow
{
    public required string RunId { get; set; }

    public required string JobId { get; set; }

    public int Attempt { get; set; }

    public long UpToMetric { get; set; }

    public long UpToResult { get; set; }

    public bool Won { get; set; }
}
