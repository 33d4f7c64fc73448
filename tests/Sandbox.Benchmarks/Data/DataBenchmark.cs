using Sandbox.Benchmarks.Cli;
using Sandbox.Benchmarks.Measuring;

namespace Sandbox.Benchmarks.Data;

/// <summary>The recipe <c>configs/demo/process.yaml</c> on a file of 100 MB, beside a plain copy; and its memory beside
/// that on a tenth of the file.</summary>
internal static class DataBenchmark
{
    private const long Large = 105_000_000;
    private const long Small = Large / 10;
    private const int RoundCount = 2;

    public static async Task<IReadOnlyList<Measure>> RunAsync(PublishedCli cli)
    {
        using var directory = new ScratchDirectory();
        var (large, small) = (Path.Combine(directory.Path, "large.jsonl"), Path.Combine(directory.Path, "small.jsonl"));
        var rows = RepeatedCorpus.Write(large, Large);
        RepeatedCorpus.Write(small, Small);
        var (peakLarge, peakSmall) = (0L, 0L);
        var seconds = await Rounds.TimeAsync(
            RoundCount,
            () => Task.Run(() => PlainCopy.Run(large, Path.Combine(directory.Path, "copy.jsonl"))),
            async () => peakLarge = Math.Max(peakLarge, await ProcessAsync(cli, directory.Path, large)),
            async () => peakSmall = Math.Max(peakSmall, await ProcessAsync(cli, directory.Path, small)));
        var (plain, own) = (Rounds.Median(seconds[0]), Rounds.Median(seconds[1]));
        return
        [
            new Measure(
                FormattableString.Invariant($"sandbox process, 15 operators, {rows} rows, {Large / 1e6:0} MB"),
                FormattableString.Invariant($"{rows / own:0} rows/s, {Large / 1e6 / own:0.0} MB/s"),
                FormattableString.Invariant($"{Large / 1e6 / plain:0} MB/s to read, tokenise and copy"),
                Rounds.Ratio(seconds[1], seconds[0]), string.Empty, null),
            new Measure(
                "its peak memory",
                FormattableString.Invariant($"{peakLarge / 1e6:0} MB"),
                FormattableString.Invariant($"{peakSmall / 1e6:0} MB for a tenth of the data"),
                (double)peakLarge / peakSmall, "does not grow (1.5x)", peakLarge <= peakSmall * 1.5),
        ];
    }

    private static async Task<long> ProcessAsync(PublishedCli cli, string directory, string dataset)
    {
        var recipe = (await File.ReadAllTextAsync(Path.Combine(Repository.Configs, "demo", "process.yaml")))
            .Replace("./configs/demo/corpus/slice/train.jsonl", dataset, StringComparison.Ordinal)
            .Replace("./outputs/demo-process/", directory + "/outputs/", StringComparison.Ordinal);
        var path = dataset + ".yaml";
        await File.WriteAllTextAsync(path, recipe);
        return await ChildProcess.RunAsync(directory, cli.Sandbox, "process", "--config", path);
    }
}
