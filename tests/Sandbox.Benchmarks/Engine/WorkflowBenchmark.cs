using Sandbox.Benchmarks.Measuring;

namespace Sandbox.Benchmarks.Engine;

/// <summary>A workflow of 10,000 jobs: time, and whether memory stays flat.</summary>
internal static class WorkflowBenchmark
{
    private const int Jobs = 10_000;
    private const double Goal = 30;

    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancellationToken)
    {
        using var directory = new ScratchDirectory();
        using var bare = new BareSqlite(Path.Combine(directory.Path, "bare.db"));
        await using var engine = await NoOpWorkflow.CreateAsync(Path.Combine(directory.Path, "engine.db"), Jobs, cancellationToken);
        await using var sandbox = TrivialSandbox.Create(directory.Path, Jobs);
        return
        [
            .. await OneAsync("engine", bare, counter => engine.RunAsync(counter, cancellationToken)),
            .. await OneAsync("sandbox", bare, counter => sandbox.RunAsync(counter, cancellationToken)),
        ];
    }

    private static async Task<IReadOnlyList<Measure>> OneAsync(string what, BareSqlite bare, Func<JobCounter, Task> run)
    {
        var heap = new List<double>();
        var resident = new List<double>();
        var begin = TimeProvider.System.GetTimestamp();
        await run(new JobCounter(count =>
        {
            if (count is Jobs / 10 or Jobs / 2 or Jobs)
            {
                heap.Add(GC.GetTotalMemory(forceFullCollection: true) / 1e6);
                resident.Add(Environment.WorkingSet / 1e6);
            }
        }));
        var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        begin = TimeProvider.System.GetTimestamp();
        bare.Commit(Jobs);
        var limit = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        return
        [
            new Measure(
                $"{what}, 10,000 jobs",
                FormattableString.Invariant($"{seconds:0.0} s"),
                FormattableString.Invariant($"{limit:0.0} s for as many bare transactions"),
                seconds / limit, "30 s", seconds <= Goal),
            new Measure(
                $"{what}, heap after 10, 50, 100 %",
                FormattableString.Invariant($"{heap[0]:0.0}, {heap[1]:0.0}, {heap[2]:0.0} MB"),
                FormattableString.Invariant($"resident {resident[0]:0}, {resident[1]:0}, {resident[2]:0} MB"),
                heap[2] / heap[0], "flat (1.1x)", heap[2] <= heap[0] * 1.1),
        ];
    }
}
