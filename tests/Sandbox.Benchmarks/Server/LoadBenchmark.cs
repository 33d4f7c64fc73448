using Sandbox.Benchmarks.Measuring;
using Sandbox.Testing.Load;
using Sandbox.Testing.Serving;

namespace Sandbox.Benchmarks.Server;

/// <summary>200 runs started by HTTP at once while 20 clients poll and 20 listen, with <c>sandbox run</c> beside the server and
/// a backup in the middle.</summary>
internal static class LoadBenchmark
{
    public static async Task<IReadOnlyList<Measure>> RunAsync(Arguments arguments)
    {
        var size = new LoadSize(arguments.Number("--runs", 200), arguments.Number("--pollers", 20), arguments.Number("--listeners", 20));
        var outcome = await new LoadTrial(ServerProcess.BuiltIn(Repository.Root), Repository.BuiltCli, TimeProvider.System).RunAsync(size);
        foreach (var fault in outcome.Faults)
        {
            await Console.Error.WriteLineAsync($"FAULT {fault}");
        }

        return
        [
            new Measure(
                FormattableString.Invariant($"load: {size.Runs} runs, {size.Pollers} pollers, {size.Listeners} listeners"),
                FormattableString.Invariant($"{outcome.Faults.Count} faults"), FormattableString.Invariant($"{outcome.Polls.Count} answers to pollers"),
                null, "nothing lost, no 5xx", outcome.Faults.Count == 0),
            Timed("load: a start, until it is answered", outcome.Starts, outcome.IdlePolls),
            Timed("load: an answer to a poller", outcome.Polls, outcome.IdlePolls),
            new Measure(
                "load: until all runs have ended", FormattableString.Invariant($"{outcome.Ended:0.0} s"),
                FormattableString.Invariant($"{size.Runs / outcome.Ended:0.0} runs/s"), null, string.Empty, null),
            new Measure("load: the backup", FormattableString.Invariant($"{outcome.Backup:0.00} s"), string.Empty, null, string.Empty, null),
            new Measure("load: sandbox run beside it, whole process", FormattableString.Invariant($"{outcome.Beside:0.0} s"), string.Empty, null, string.Empty, null),
        ];
    }

    private static Measure Timed(string what, IReadOnlyList<double> seconds, IReadOnlyList<double> idle)
    {
        var sorted = seconds.Order().ToList();
        var limit = Rounds.Median(idle);
        return new Measure(
            what,
            FormattableString.Invariant($"{Rounds.Median(sorted) * 1000:0} ms, 95 %: {sorted[(int)(sorted.Count * 0.95)] * 1000:0} ms, at most {sorted[^1] * 1000:0} ms"),
            FormattableString.Invariant($"{limit * 1000:0.0} ms an answer of the idle server"),
            Rounds.Median(sorted) / limit, string.Empty, null);
    }
}
