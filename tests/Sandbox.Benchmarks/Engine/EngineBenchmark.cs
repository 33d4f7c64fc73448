using Sandbox.Benchmarks.Measuring;

namespace Sandbox.Benchmarks.Engine;

/// <summary>What the engine costs per job, from lease to committed result, beside as many bare transactions on the same
/// file system with the same durability.</summary>
internal static class EngineBenchmark
{
    private const int Jobs = 1000;
    private const int RoundCount = 7;

    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancellationToken)
    {
        using var directory = new ScratchDirectory();
        using var bare = new BareSqlite(Path.Combine(directory.Path, "bare.db"));
        await using var engine = await NoOpWorkflow.CreateAsync(Path.Combine(directory.Path, "engine.db"), Jobs, cancellationToken);
        await using var sandbox = TrivialSandbox.Create(directory.Path, Jobs);
        var (ofEngine, ofSandbox) = (new List<double>(), new List<double>());
        var seconds = await Rounds.CollectAsync(
            RoundCount,
            Rounds.Timed(() => Task.Run(() => bare.Commit(Jobs), cancellationToken)),
            () => AtWorkAsync(counter => engine.RunAsync(counter, cancellationToken), ofEngine),
            () => AtWorkAsync(counter => sandbox.RunAsync(counter, cancellationToken), ofSandbox));
        return
        [
            Of("engine, a job that does nothing", seconds[1], ofEngine, seconds[0]),
            Of("sandbox, a hook that does nothing", seconds[2], ofSandbox, seconds[0]),
        ];
    }

    private static async Task<double> AtWorkAsync(Func<JobCounter, Task> run, List<double> processorSeconds)
    {
        var counter = new JobCounter(_ => { });
        await run(counter);
        processorSeconds.Add(counter.ProcessorSeconds);
        return counter.Seconds;
    }

    private static Measure Of(string what, double[] way, List<double> processor, double[] limit)
    {
        var (own, bare, ratio) = (Milliseconds(way), Milliseconds(limit), Rounds.Ratio(way, limit));
        return new Measure(
            what,
            FormattableString.Invariant($"{own:0.00} ms a job, {Milliseconds([.. processor]):0.00} ms of processor time"),
            FormattableString.Invariant($"{bare:0.00} ms a bare transaction"),
            ratio,
            "3x and 2 ms",
            ratio <= 3 && own <= 2);
    }

    private static double Milliseconds(double[] seconds) => Rounds.Median(seconds) / Jobs * 1000;
}
