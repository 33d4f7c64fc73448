using Sandbox.Benchmarks.Cli;
using Sandbox.Benchmarks.Data;
using Sandbox.Benchmarks.Engine;
using Sandbox.Benchmarks.Measuring;
using Sandbox.Benchmarks.Processes;
using Sandbox.Benchmarks.Search;
using Sandbox.Benchmarks.Server;
using Sandbox.Benchmarks.Tracking;

namespace Sandbox.Benchmarks;

/// <summary>Runs the benchmarks that a verb names and prints what they measured.</summary>
internal static class Benchmarks
{
    private static readonly string[] Published = ["validate", "startup", "data"];
    private static readonly string[] All = ["engine", "workflow", "search", "processes", "output", "metrics", .. Published];
    private static readonly string[] OnRequest = ["operators", "models", "pools", "load", "lists"];

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var chosen = arguments.Verb == "all" ? All : [arguments.Verb];
        if (!All.Concat(OnRequest).Contains(arguments.Verb, StringComparer.Ordinal) && arguments.Verb != "all")
        {
            await Console.Error.WriteLineAsync($"Unknown benchmark \"{arguments.Verb}\". There are: all, {string.Join(", ", All.Concat(OnRequest))}, soak.");
            return 2;
        }

        using var directory = new ScratchDirectory();
        var cli = arguments.Text("--published") is { } published ? PublishedCli.At(Path.GetFullPath(published))
            : chosen.Any(verb => Published.Contains(verb, StringComparer.Ordinal)) ? await PublishedCli.CreateAsync(directory.Path)
            : null;
        var measures = new List<Measure>();
        foreach (var verb in chosen)
        {
            await Console.Error.WriteLineAsync($"{verb} …");
            measures.AddRange(await OneAsync(verb, arguments, cli!, directory.Path, cancellationToken));
        }

        Console.WriteLine(arguments.Has("--markdown") ? MeasureTable.Markdown(measures) : MeasureTable.Text(measures));
        return measures.Any(measure => measure.IsMet == false) ? 1 : 0;
    }

    private static Task<IReadOnlyList<Measure>> OneAsync(
        string verb, Arguments arguments, PublishedCli cli, string directory, CancellationToken cancellationToken) => verb switch
    {
        "engine" => EngineBenchmark.RunAsync(cancellationToken),
        "workflow" => WorkflowBenchmark.RunAsync(cancellationToken),
        "search" => Task.Run(() => SearchBenchmark.Run(cancellationToken), cancellationToken),
        "load" => LoadBenchmark.RunAsync(arguments),
        "lists" => ListsBenchmark.RunAsync(),
        "operators" => OperatorBenchmark.RunAsync(arguments),
        "models" => ModelBenchmark.RunAsync(arguments),
        "pools" => PoolBenchmark.RunAsync(arguments.Number("--rows", 10_000_000), arguments.Text("--only") ?? string.Empty),
        "processes" => ProcessBenchmark.RunAsync(directory, cancellationToken),
        "output" => OutputBenchmark.RunAsync(directory),
        "metrics" => MetricsBenchmark.RunAsync(directory, cancellationToken),
        "validate" => ValidateBenchmark.RunAsync(cli),
        "startup" => StartupBenchmark.RunAsync(cli),
        _ => DataBenchmark.RunAsync(cli),
    };
}
