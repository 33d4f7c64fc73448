using System.Globalization;
using Sandbox.Benchmarks.Measuring;

namespace Sandbox.Benchmarks.Processes;

/// <summary>What it costs to supervise and watch a program that prints a gigabyte.</summary>
internal static class OutputBenchmark
{
    private const long Bytes = 1_000_000_000;

    public static async Task<IReadOnlyList<Measure>> RunAsync(string directory)
    {
        var place = Directory.CreateDirectory(Path.Combine(directory, "output")).FullName;
        await File.WriteAllTextAsync(Path.Combine(place, "big.yaml"), Yaml);
        Environment.SetEnvironmentVariable("SANDBOX_HOME", Path.Combine(place, "home"));
        var (bare, program) = ($"yes '{Line}' | head -c {Bytes} > bare.log", TimeProvider.System);
        var begin = program.GetTimestamp();
        await ChildProcess.RunAsync(place, "sh", "-c", bare);
        var alone = program.GetElapsedTime(begin).TotalSeconds;
        begin = program.GetTimestamp();
        var peak = await ChildProcess.RunAsync(place, "dotnet", Repository.BuiltCli, "run", "big.yaml");
        var whole = program.GetElapsedTime(begin).TotalSeconds;
        return
        [
            new Measure(
                "a program that prints 1 GB, whole run", Text(whole, "s"), Text(alone, "s for the program alone, into a file"), whole / alone, string.Empty, null),
            new Measure("peak memory of the sandbox", Text(peak / 1e6, "MB"), string.Empty, null, "does not grow with the output", peak < 300e6),
        ];
    }

    private static string Text(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:0.0} {unit}");

    private const string Line = "a line of output that is as long as most lines of most logs are, and says nothing of a metric";

    private static readonly string Yaml = $$"""
        project_name: benchmark
        experiment_name: output
        work_dir: ./outputs
        execution_job_configs:
          - hook: TrainModelHook
            meta_name: train
            extra_configs:
              type: command
              command: [sh, -c, 'yes "{{Line}}" | head -c {{Bytes}}; echo; echo step 1 loss 0.5']
              watch: [{pattern: 'step (?<step>\d+) loss (?<loss>[.\d]+)'}]
              outputs:
                loss: {metric: loss}
        """;
}
