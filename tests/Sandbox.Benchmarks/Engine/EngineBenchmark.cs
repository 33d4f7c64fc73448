using Sandbox.Benchmarks.Measuring;

namespace Sandbox.Benchmarks.Engine;

/// <summary>What the engine costs per job, from lease to committed result, beside as many bare transactions on the same
/// file system with the same durability.</summary>
internal static class EngineBenchmark
{
    private const int Jobs = 300;
    private const int RoundCount = 7;

    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancellationToken)
    {
        using var directory = new ScratchDirectory();
        using var bare = new BareSqlite(Path.Combine(directory.Path, "bare.db"));
        await using var engine = await NoOpWorkflow.CreateAsync(Path.Combine(directory.Path, "engine.db"), Jobs, cancellationToken);
        await using var sandbox = TrivialSandbox.Create(directory.Path, Jobs);
        var seconds = await Rounds.CollectAsync(
            RoundCount,
            Rounds.Timed(() => Task.Run(() => bare.Commit(Jobs), cancellationToken)),
            () => AtWorkAsync(counter => engine.RunAsync(counter, cancellationToken)),
            () => AtWorkAsync(counter => sandbox.RunAsync(counter, cancellationToken)));
        return
        [
            Of("engine, a job that does nothing", seconds[1], seconds[0], "3x and 2 ms"),
            Of("sandbox, a hook that does nothing", seconds[2], seconds[0], "3x and 2 ms"),
        ];
    }

    private static async Task<double> AtWorkAsync(Func<JobCounter, Task> run)
    {
        var counter = new JobCounter(_ => { });
        await run(counter);
        return counter.Seconds;
    }

    private static Measure Of(string what, double[] way, double[] limit, string goal)
    {
        var (own, bare, ratio) = (Milliseconds(way), Milliseconds(limit), Rounds.Ratio(way, limit));
        return new Measure(
            what,
            FormattableString.Invariant($"{own:0.00} ms a job"),
            FormattableString.Invariant($"{bare:0.00} ms a bare transaction"),
            ratio,
            goal,
            ratio <= 3 && own <= 2);
    }

    private static double Milliseconds(double[] seconds) => Rounds.Median(seconds) / Jobs * 1000;
}
