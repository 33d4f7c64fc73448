using System.Globalization;
using Sandbox.Benchmarks.Measuring;

namespace Sandbox.Benchmarks.Data;

/// <summary>Manipulators of data pools on a file of many rows, each as a job of a run, beside a copy of the file; and their
/// memory beside that on a tenth of the rows.</summary>
internal static class PoolBenchmark
{
    private static readonly (string Name, string Options)[] Ways =
    [
        ("data_pool_construction, 2 pools by a statistic", "type: data_pool_construction, dataset_path: POOL, export_path: OUT, split_ratios: ['1/2']"),
        ("data_pool_downsampling, half of the rows", "type: data_pool_downsampling, dataset_path: POOL, export_path: OUT, target_num_samples: HALF"),
        ("data_pool_combination, with a tenth of itself", "type: data_pool_combination, dataset_path: [POOL, TENTH], export_path: OUT"),
        ("data_pool_merging, with a tenth of itself", "type: data_pool_merging, dataset_path: [POOL, TENTH], export_path: OUT/merged.jsonl"),
    ];

    /// <param name="rows">Rows of the pool.</param>
    /// <param name="only">What the names of the manipulators to measure hold; all without it.</param>
    public static async Task<IReadOnlyList<Measure>> RunAsync(int rows, string only)
    {
        var measures = new List<Measure>();
        using var directory = new ScratchDirectory();
        var (large, small, tiny) = (Write(directory.Path, rows), Write(directory.Path, rows / 10), Write(directory.Path, rows / 100));
        var copy = await Seconds(() => Task.Run(() => Copy(large, directory.Path)));
        foreach (var (name, options) in Ways.Where(w => w.Name.Contains(only, StringComparison.Ordinal)))
        {
            var peakSmall = await JobAsync(directory.Path, options, small, tiny, rows / 10);
            var peakLarge = 0L;
            var seconds = await Seconds(async () => peakLarge = await JobAsync(directory.Path, options, large, small, rows));
            await Console.Error.WriteLineAsync(FormattableString.Invariant($"{name}: {seconds:0.0} s, {peakLarge / 1e6:0} MB; {peakSmall / 1e6:0} MB for a tenth"));
            measures.Add(new Measure(
                FormattableString.Invariant($"{name}: {rows / 1e6:0.##} million rows, {new FileInfo(large).Length / 1e6:0} MB"),
                FormattableString.Invariant($"{seconds:0} s, {peakLarge / 1e6:0} MB of memory"),
                FormattableString.Invariant($"{copy:0.0} s to copy the file; {peakSmall / 1e6:0} MB for a tenth of the rows"),
                seconds / copy, "at most 60 bytes of memory a row more", peakLarge - peakSmall <= 60L * (rows - (rows / 10))));
        }

        return measures;
    }

    private static async Task<long> JobAsync(string directory, string options, string pool, string tenth, int rows)
    {
        var work = Directory.CreateDirectory(Path.Combine(directory, "work")).FullName;
        var filled = options.Replace("POOL", pool, StringComparison.Ordinal).Replace("TENTH", tenth, StringComparison.Ordinal)
            .Replace("OUT", Path.Combine(work, "out"), StringComparison.Ordinal)
            .Replace("HALF", (rows / 2).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(work, "c.yaml"), $$"""
            project_name: pools
            experiment_name: pools
            work_dir: ./work
            execution_job_configs:
              - hook: DataPoolManipulationHook
                meta_name: pools
                extra_configs: { {{filled}} }

            """);
        var peak = await ChildProcess.RunAsync(work, "dotnet", Path.Combine(Repository.Root, "src/Sandbox.Cli/bin/Release/net10.0/sandbox.dll"), "run", "c.yaml");
        Directory.Delete(work, recursive: true);
        return peak;
    }

    private static async Task<double> Seconds(Func<Task> way) => await Rounds.Timed(way)();

    private static void Copy(string file, string directory)
    {
        var copy = Path.Combine(directory, "copy.jsonl");
        using (var source = File.OpenRead(file))
        using (var target = File.Create(copy))
        {
            source.CopyTo(target, 1 << 20);
            target.Flush(flushToDisk: true);
        }

        File.Delete(copy);
    }

    private static string Write(string directory, int rows)
    {
        var path = Path.Combine(directory, FormattableString.Invariant($"pool-{rows}.jsonl"));
        var random = new Random(1);
        using var writer = new StreamWriter(path, append: false, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        for (var row = 0; row < rows; row++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{{\"text\":\"row number {row} of a pool\",\"__dj__stats__\":{{\"length\":{random.Next(1_000_000)}}}}}\n"));
        }

        return path;
    }
}
