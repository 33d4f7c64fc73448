using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Sandbox.Benchmarks.Measuring;
using Sandbox.Core.Logs;
using Sandbox.Core.Tracking;
using Sandbox.Tracking;
using Sandbox.Tracking.Charts;

namespace Sandbox.Benchmarks.Tracking;

/// <summary>What it costs to take in the metrics of a program that prints very many of them, and to draw them.</summary>
internal static class MetricsBenchmark
{
    private const int Pairs = 5;
    private const int Rate = 20_000;
    private const int Seconds = 8;
    private const int FastRate = 100_000;
    private const int FastSeconds = 10;
    private const int Million = 1_000_000;

    public static async Task<IReadOnlyList<Measure>> RunAsync(string directory, CancellationToken cancellationToken)
    {
        var place = Directory.CreateDirectory(Path.Combine(directory, "metrics")).FullName;
        await File.WriteAllTextAsync(Path.Combine(place, "train.py"), Program, cancellationToken);
        Environment.SetEnvironmentVariable("SANDBOX_HOME", Path.Combine(place, "home"));
        return [.. Stages(), await CurveAsync(place, cancellationToken), await CostAsync(place), await FastAsync(place, cancellationToken)];
    }

    private static IEnumerable<Measure> Stages()
    {
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"step\": {i}, \"loss\": {1.0 / (i + 1):0.######}}}\n"))));
        var watch = new LogWatch([new WatchRule { Format = "json" }]);
        watch.Open("stdout").Read(lines);
        var begin = TimeProvider.System.GetTimestamp();
        var found = watch.Open("stdout").Read(lines).Count;
        var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        yield return new Measure("lines of JSON read as metrics", Text(found / seconds, "a second"), string.Empty, null, string.Empty, null);
    }

    private static async Task<Measure> CurveAsync(string place, CancellationToken cancellationToken)
    {
        var path = Path.Combine(place, "curve.db");
        using var store = new TrackingStore(new TrackingStoreOptions { DatabasePath = path });
        await store.EnsureReadyAsync(cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        List<Metric> metrics = [.. Enumerable.Range(0, Million).Select(i => new Metric("train.loss", 1.0 / (i + 1), i, now, "stdout", i * 30L))];
        await using var connection = new SqliteConnection($"Data Source={path}");
        await connection.OpenAsync(cancellationToken);
        var begin = TimeProvider.System.GetTimestamp();
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await TrackingWriter.WriteAsync(
                connection, (_, _, _) => Task.FromResult(0), new TrackingBatch { RunId = "0123456789abcdef", JobId = "0123456789abcdef", Attempt = 1, Metrics = metrics }, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        var written = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        begin = TimeProvider.System.GetTimestamp();
        var curve = (await store.CurvesAsync(new CurveQuery("0123456789abcdef"), cancellationToken)).Single();
        var drawn = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        return new Measure(
            "a million metrics as a curve", Text(drawn, "s"), $"{Text(curve.Points.Count, "points")}; storing them: {Text(Million / written, "a second")}", null, string.Empty, null);
    }

    // The same program with the same work: once it prints its metrics and they are taken in, once it throws them away.
    private static async Task<Measure> CostAsync(string place)
    {
        var work = await CalibrateAsync(place);
        await File.WriteAllTextAsync(Path.Combine(place, "with.yaml"), Yaml("with", Rate * Seconds, Rate, work, "print"));
        await File.WriteAllTextAsync(Path.Combine(place, "without.yaml"), Yaml("without", Rate * Seconds, Rate, work, "throw"));
        var times = await Rounds.TimeAsync(
            Pairs,
            () => ChildProcess.RunAsync(place, "dotnet", Repository.BuiltCli, "run", "with.yaml"),
            () => ChildProcess.RunAsync(place, "dotnet", Repository.BuiltCli, "run", "without.yaml"));
        var ratio = Rounds.Ratio(times[0], times[1]);
        return new Measure(
            string.Create(CultureInfo.InvariantCulture, $"a job of {Seconds} s that prints {Rate} metrics a second, whole run"), Text(Rounds.Median(times[0]), "s"),
            Text(Rounds.Median(times[1]), "s where it throws them away"), ratio, "at most 5 %", ratio <= 1.05);
    }

    private static async Task<Measure> FastAsync(string place, CancellationToken cancellationToken)
    {
        const int Count = FastRate * FastSeconds;
        await File.WriteAllTextAsync(Path.Combine(place, "fast.yaml"), Yaml("fast", Count, FastRate, 0, "print"), cancellationToken);
        var begin = TimeProvider.System.GetTimestamp();
        await ChildProcess.RunAsync(place, "dotnet", Repository.BuiltCli, "run", "fast.yaml");
        var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(place, "home", "sandbox.db")}");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM tracking_metrics WHERE Name = 'fast.loss'";
        var stored = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        return new Measure(
            string.Create(CultureInfo.InvariantCulture, $"a program that prints {FastRate} metrics a second for {FastSeconds} s, whole run"), Text(seconds, "s"),
            string.Create(CultureInfo.InvariantCulture, $"{stored} of {Count} stored"), seconds / FastSeconds, "all", stored == Count);
    }

    // So much work between two blocks of lines that the program prints at the rate by itself.
    private static async Task<long> CalibrateAsync(string place)
    {
        const int Trial = 2_000_000;
        var begin = TimeProvider.System.GetTimestamp();
        await ChildProcess.RunAsync(place, "python3", "train.py", "100", "0", Text(Trial), "throw");
        return (long)(Trial / TimeProvider.System.GetElapsedTime(begin).TotalSeconds / 100);
    }

    private static string Text(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:#,0.##} {unit}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Yaml(string name, int count, int rate, long work, string what) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        project_name: benchmark
        experiment_name: {{name}}
        work_dir: ./{{name}}
        execution_job_configs:
          - hook: TrainModelHook
            meta_name: {{name}}
            extra_configs:
              type: command
              command: [python3, train.py, '{{count}}', '{{(work > 0 ? 0 : rate)}}', '{{work}}', {{what}}]
              watch: [{format: json}]
        """);

    // Blocks of a hundredth of a second: work, then lines; without work it keeps the rate by waiting.
    private const string Program = """
        import os, sys, time
        count, rate, work, what = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
        out = sys.stdout if what == 'print' else open(os.devnull, 'w')
        block = max(1, (rate or 20000) // 100)
        begin = time.perf_counter()
        for first in range(0, count, block):
            x = 1
            for _ in range(work):
                x = (x * 1103515245 + 12345) & 0xffffffff
            out.write(''.join('{"step": %d, "loss": %.6f}\n' % (i, 1.0 / (1 + i)) for i in range(first, min(count, first + block))))
            out.flush()
            late = begin + (first + block) / rate - time.perf_counter() if rate else 0
            if late > 0:
                time.sleep(late)
        """;
}
