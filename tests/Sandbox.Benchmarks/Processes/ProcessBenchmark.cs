using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Benchmarks.Measuring;
using Sandbox.Workflows;
using Sandbox.Workflows.Runs;

namespace Sandbox.Benchmarks.Processes;

/// <summary>What it costs to look after 200 programs at once: processor and memory of the sandbox, memory of supervisors.
/// The programs print a metric every ten seconds, as a training does.</summary>
internal static class ProcessBenchmark
{
    private const int Programs = 200;
    private const double TicksPerSecond = 100;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Measure>> RunAsync(string directory, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "train.sh"), Script, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(directory, "all.json"), Definition(directory), cancellationToken);
        using var process = Start(directory);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        try
        {
            while (Directory.GetFiles(directory, "pid.*").Length < Programs)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"The run ended: {await output} {await process.StandardError.ReadToEndAsync(cancellationToken)}");
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(20), cancellationToken);
            return await MeasureAsync(directory, process, cancellationToken);
        }
        finally
        {
            // The programs end; then the run does, by itself.
            await File.WriteAllTextAsync(Path.Combine(directory, "enough"), string.Empty, CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<IReadOnlyList<Measure>> MeasureAsync(string directory, Process process, CancellationToken cancellationToken)
    {
        var (before, begin) = (Ticks(process.Id), TimeProvider.System.GetTimestamp());
        await Task.Delay(Watched, cancellationToken);
        var seconds = TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
        var share = (Ticks(process.Id) - before) / TicksPerSecond / seconds;
        var own = Kilobytes(process.Id, "Rss:");
        var supervisors = Supervisors(directory).Select(pid => Kilobytes(pid, "Private_Clean:", "Private_Dirty:")).Order().ToList();
        var busy = Supervisors(directory).Sum(Ticks);
        return
        [
            new Measure($"{Programs} programs: processor of the sandbox", Text(share * 100, "% of a core"), string.Empty, null, "5 %", share < 0.05),
            new Measure($"{Programs} programs: memory of the sandbox", Text(own / 1024.0, "MiB resident"), string.Empty, null, "150 MB", own * 1024 < 150e6),
            new Measure(
                "private memory of a supervisor", Text(supervisors[supervisors.Count / 2] / 1024.0, "MiB"), Text(supervisors[^1] / 1024.0, "MiB at most"),
                null, "25 MB", supervisors[^1] * 1024 < 25e6),
            new Measure("processor of a supervisor since its start", Text(busy * 1000 / TicksPerSecond / supervisors.Count, "ms"), string.Empty, null, string.Empty, null),
        ];
    }

    private static Process Start(string directory)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.BuiltCli, "workflow", "run", "all.json"])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SANDBOX_HOME"] = Path.Combine(directory, "home");
        return Process.Start(start)!;
    }

    // One job compiled, then as many of it as are wanted, all at once behind one start.
    private static string Definition(string directory)
    {
        File.WriteAllText(Path.Combine(directory, "one.yaml"), Yaml);
        var check = SandboxServices.ConfigCheck().Check(new RunRequest("one.yaml", [], directory));
        var definition = check.Definition ?? throw new InvalidOperationException(string.Join(' ', check.Faults));
        var job = FindJob(definition["root"]!) ?? throw new InvalidOperationException("The config has no job.");
        var activities = new JsonArray(new JsonObject { ["type"] = "Elsa.Start", ["id"] = "start", ["version"] = 1 });
        var connections = new JsonArray();
        for (var i = 0; i < Programs; i++)
        {
            var copy = job.DeepClone().AsObject();
            copy["id"] = FormattableString.Invariant($"job{i}");
            copy.Remove("nodeId");
            activities.Add(copy);
            connections.Add(new JsonObject
            {
                ["source"] = new JsonObject { ["activity"] = "start", ["port"] = "Done" },
                ["target"] = new JsonObject { ["activity"] = FormattableString.Invariant($"job{i}"), ["port"] = "In" },
            });
        }

        definition["root"] = new JsonObject
        {
            ["type"] = "Elsa.Flowchart", ["id"] = "all", ["version"] = 1, ["activities"] = activities, ["connections"] = connections,
        };
        return definition.ToJsonString();
    }

    private static JsonObject? FindJob(JsonNode node) => node switch
    {
        JsonObject map when map["type"]?.ToString() == "Sandbox.TrainModelHook" => map,
        JsonObject map => map.Select(m => m.Value is null ? null : FindJob(m.Value)).FirstOrDefault(f => f is not null),
        JsonArray list => list.Select(i => i is null ? null : FindJob(i)).FirstOrDefault(f => f is not null),
        _ => null,
    };

    private static List<int> Supervisors(string directory) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(directory, "home", "runs"), "supervisor.json", SearchOption.AllDirectories)
            .Select(f => (int)JsonNode.Parse(File.ReadAllText(f))!["pid"]!),
    ];

    private static long Ticks(int pid)
    {
        var stat = File.ReadAllText(FormattableString.Invariant($"/proc/{pid}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static long Kilobytes(int pid, params string[] names) => File.ReadLines(FormattableString.Invariant($"/proc/{pid}/smaps_rollup"))
        .Where(l => names.Any(n => l.StartsWith(n, StringComparison.Ordinal)))
        .Sum(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));

    private static string Text(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:0.0} {unit}");

    private const string Script =
        """
        echo $$ > pid.$$
        i=0
        while [ ! -e enough ]; do
          i=$((i + 1)); echo "step $i loss 0.$i"
          for s in 1 2 3 4 5 6 7 8 9 10; do [ -e enough ] || sleep 1; done
        done
        """;

    private const string Yaml =
        """
        project_name: benchmark
        experiment_name: processes
        work_dir: ./outputs
        execution_job_configs:
          - hook: TrainModelHook
            meta_name: train
            extra_configs:
              type: command
              command: [sh, train.sh]
              watch: [{pattern: 'step (?<step>\d+) loss (?<loss>[.\d]+)'}]
        """;
}
