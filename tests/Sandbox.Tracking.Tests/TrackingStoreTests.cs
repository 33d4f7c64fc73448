using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Sandbox.Core.Tracking;
using Sandbox.Tracking;
using Sandbox.Tracking.Persistence;

namespace Sandbox.Tracking.Tests;

public sealed class TrackingStoreTests : TrackingFixture
{
    [Fact]
    public async Task Any_value_is_read_back_as_it_was_written()
    {
        double[] values = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, 1, -1.5, 5e-324, double.MaxValue, 0.1, 123456789012345678];
        var metrics = values.Select((v, i) => new Metric("m", v, i % 2 == 0 ? i : null, Time.GetUtcNow().AddTicks(i), i > 5 ? "log" : null, i > 5 ? i : null)).ToList();

        await WriteAsync(new TrackingBatch { RunId = "run", Metrics = metrics });

        (await MetricsAsync()).Select(m => m.Metric).ShouldBe(metrics);
    }

    [Fact]
    public async Task Nothing_is_there_without_the_commit_that_carries_it()
    {
        var watcher = Watcher();
        watcher.Log("loss", 1);

        await WriteAsync(watcher.Drain(AttemptStanding.Won), commit: false);

        (await MetricsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_can_be_written_again_after_a_transaction_that_did_not_commit()
    {
        var watcher = Watcher();
        watcher.Log("loss", 1);
        var batch = watcher.Drain(AttemptStanding.Won);
        await WriteAsync(batch, commit: false);

        await WriteAsync(batch);

        (await MetricsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_a_job_that_was_tried_again_the_winning_attempt_counts()
    {
        await LogAndWrite(1, AttemptStanding.Running, 1, 2);
        (await Values()).ShouldBe([1, 2]);

        await LogAndWrite(2, AttemptStanding.Running, 3);
        (await Values()).ShouldBe([3]);

        await LogAndWrite(2, AttemptStanding.Won, 4);
        (await Values()).ShouldBe([3, 4]);
        (await MetricsAsync(new MetricQuery("run") { AllAttempts = true })).Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_winner_without_metrics_leaves_none_of_the_others()
    {
        await LogAndWrite(1, AttemptStanding.Running, 1);

        await LogAndWrite(2, AttemptStanding.Won);

        (await Values()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Finished_steps_of_an_attempt_count_whichever_attempt_wins()
    {
        await LogAndWrite(1, AttemptStanding.StepFinished, 1, 2);
        await LogAndWrite(1, AttemptStanding.Running, 3);

        await LogAndWrite(2, AttemptStanding.Won, 4);

        (await Values()).ShouldBe([1, 2, 4]);
    }

    [Fact]
    public async Task A_log_that_is_read_again_gives_no_metric_twice()
    {
        var watcher = Watcher();
        foreach (var (name, offset) in new[] { ("loss", 0L), ("rate", 0L), ("loss", 80L), ("loss", 0L), ("loss", 80L) })
        {
            watcher.Record(new Metric(name, offset, null, Time.GetUtcNow(), "train.log", offset));
        }

        await WriteAsync(watcher.Drain(AttemptStanding.Running));

        (await MetricsAsync()).Select(m => (m.Metric.Name, m.Metric.ByteOffset)).ShouldBe([("loss", 0), ("rate", 0), ("loss", 80)]);
    }

    [Fact]
    public async Task Metrics_are_read_by_name_by_job_and_as_series()
    {
        var first = Watcher("a");
        first.Log("loss", 3, step: 20);
        first.Log("loss", 4, step: 10);
        first.Log("rate", 7);
        var second = Watcher("b");
        second.Log("loss", 5, step: 15);
        await WriteAsync(first.Drain(AttemptStanding.Won));
        await WriteAsync(second.Drain(AttemptStanding.Won));

        (await MetricsAsync(new MetricQuery("run") { Name = "loss" })).Select(m => m.Metric.Value).ShouldBe([3, 4, 5]);
        (await MetricsAsync(new MetricQuery("run") { JobId = "b" })).ShouldHaveSingleItem().JobId.ShouldBe("b");
        (await Store.SeriesAsync("run", "loss", null, CancellationToken.None)).Select(m => m.Value).ShouldBe([4, 5, 3]);
        (await Store.SeriesAsync("run", "loss", "a", CancellationToken.None)).Select(m => m.Value).ShouldBe([4, 3]);
        (await Store.LatestAsync("run", CancellationToken.None)).Select(m => (m.Metric.Name, m.Metric.Value)).ShouldBe([("loss", 5), ("rate", 7)]);
        (await MetricsAsync(new MetricQuery("another run"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Configs_are_kept_in_order()
    {
        var watcher = Watcher();
        watcher.WatchConfigs("sandbox", new JsonObject { ["np"] = 1 });
        watcher.WatchConfigs("recipe", new JsonObject { ["np"] = 2 });

        await WriteAsync(watcher.Drain(AttemptStanding.Won));

        (await Store.ConfigsAsync("run", CancellationToken.None))
            .Select(c => (c.Prefix, c.Configs!.ToJsonString())).ShouldBe([("sandbox", """{"np":1}"""), ("recipe", """{"np":2}""")]);
    }

    [Fact]
    public async Task Two_stores_may_bring_one_new_file_up_to_date_at_once()
    {
        var stores = Enumerable.Range(0, 6).Select(_ => new TrackingStore(new TrackingStoreOptions
        {
            DatabasePath = Path.Combine(Path.GetDirectoryName(DatabasePath)!, "new", "sandbox.db"),
        })).ToList();

        await Task.WhenAll(stores.Select(s => Task.Run(() => s.EnsureReadyAsync(CancellationToken.None))));

        (await stores[3].LatestAsync("run", CancellationToken.None)).ShouldBeEmpty();
        stores.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task The_file_is_in_WAL_mode_and_has_a_history_of_its_own()
    {
        await using var connection = new SqliteConnection($"Data Source={DatabasePath}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        (await command.ExecuteScalarAsync()).ShouldBe("wal");
        command.CommandText = "SELECT group_concat(MigrationId) FROM __migrations_tracking";
        (await command.ExecuteScalarAsync()).ShouldBe("0001_Tracking,0002_sinks,0003_attempts,0004_metrics");
    }

    private async Task LogAndWrite(int attempt, AttemptStanding standing, params double[] values)
    {
        var watcher = Watcher(attempt: attempt);
        foreach (var value in values)
        {
            watcher.Log("loss", value);
        }

        await WriteAsync(watcher.Drain(standing));
    }

    private async Task<IEnumerable<double>> Values() => (await MetricsAsync()).Select(m => m.Metric.Value);

    [Fact]
    public async Task A_job_that_begins_to_record_while_its_run_is_read_counts()
    {
        using var database = new TrackingDatabase(new TrackingStoreOptions { DatabasePath = DatabasePath });
        await using var context = await database.OpenAsync(default);
        var counted = await CountedAttempts.LoadAsync(context, "run", default);

        counted.CountsResult(new ResultRow { RunId = "run", JobId = "new", Attempt = 1, MetaName = "m", Json = "1" }).ShouldBeTrue();
        counted.CountsMetric(new MetricRow { RunId = "run", JobId = "new", Attempt = 1, Name = "m" }).ShouldBeTrue();
    }
}
