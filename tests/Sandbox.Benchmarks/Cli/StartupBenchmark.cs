using Sandbox.Benchmarks.Measuring;

namespace Sandbox.Benchmarks.Cli;

/// <summary>Start-up: the whole process of a published <c>sandbox validate</c>, beside one that says hello.</summary>
internal static class StartupBenchmark
{
    private const int RoundCount = 15;

    public static async Task<IReadOnlyList<Measure>> RunAsync(PublishedCli cli)
    {
        var seconds = await Rounds.TimeAsync(
            RoundCount,
            () => ChildProcess.RunAsync(Repository.Root, cli.Hello),
            () => ChildProcess.RunAsync(Repository.Root, cli.Sandbox, "validate", "configs/demo/quick.yaml"));
        var (hello, own) = (Rounds.Median(seconds[0]) * 1000, Rounds.Median(seconds[1]) * 1000);
        return
        [
            new Measure(
                "sandbox validate configs/demo/quick.yaml, published, whole process",
                FormattableString.Invariant($"{own:0} ms ({seconds[1].Min() * 1000:0} at best)"),
                FormattableString.Invariant($"{hello:0} ms to say hello"),
                Rounds.Ratio(seconds[1], seconds[0]), "300 ms", own <= 300),
        ];
    }
}
