using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Sandbox.Testing.Kill;

/// <summary>A directory with a config whose one job is a real training program, which goes on until it is told that it is
/// enough. The program notes that it was started, and every step that it printed.</summary>
internal sealed class TrainingSite : IDisposable
{
    public const string Config = "train.yaml";
    private readonly string _sandbox;

    private TrainingSite(string root, string sandbox) => (Root, _sandbox) = (root, sandbox);

    public string Root { get; }

    public string Home => Path.Combine(Root, "home");

    /// <summary>The process ids of the programs that were started.</summary>
    public IReadOnlyList<string> Starts => Lines("started");

    /// <summary>The steps that programs printed.</summary>
    public int Steps => Lines("steps").Length;

    public static TrainingSite Create(string sandbox)
    {
        var site = new TrainingSite(Directory.CreateTempSubdirectory("sandbox-training-").FullName, Path.GetFullPath(sandbox));
        File.WriteAllText(Path.Combine(site.Root, "train.py"), Script);
        File.WriteAllText(Path.Combine(site.Root, Config), Yaml);
        return site;
    }

    /// <summary>Starts the command.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [_sandbox, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SANDBOX_HOME"] = Home;
        return Process.Start(start)!;
    }

    /// <summary>From now on the program ends after its next step.</summary>
    public void Suffice() => File.WriteAllText(Path.Combine(Root, "enough"), string.Empty);

    /// <summary>What is not as it must be once the run has finished: one program, every metric once, the model published.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        if (Starts.Count != 1)
        {
            faults.Add($"The program was started {Starts.Count.ToString(CultureInfo.InvariantCulture)} times.");
        }

        var steps = await StepsInStoreAsync(cancellationToken);
        if (!steps.SequenceEqual(Enumerable.Range(1, Steps).Select(s => (double)s)))
        {
            faults.Add($"{Steps.ToString(CultureInfo.InvariantCulture)} steps were printed; stored are {string.Join(' ', steps)}.");
        }

        if (!File.Exists(Path.Combine(Root, "out", "model.bin")))
        {
            faults.Add("The model was not published.");
        }

        return faults;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private async Task<IReadOnlyList<double>> StepsInStoreAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Home, "sandbox.db")}");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT Step FROM tracking_metrics WHERE Name = 'train.loss' ORDER BY Step";
        var steps = new List<double>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            steps.Add(rows.GetDouble(0));
        }

        return steps;
    }

    private string[] Lines(string name)
    {
        var path = Path.Combine(Root, name);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private const string Script =
        """
        import os, sys, time
        with open("started", "a") as f:
            f.write(f"{os.getpid()}\n")
        step, done = 0, False
        while not done:
            done = os.path.exists("enough")
            step += 1
            with open("steps", "a") as f:
                f.write(f"{step}\n")
            print(f"step {step} loss {1 / step}", flush=True)
            time.sleep(0.05)
        os.makedirs(sys.argv[1], exist_ok=True)
        with open(os.path.join(sys.argv[1], "model.bin"), "w") as f:
            f.write("a model")
        """;

    private const string Yaml =
        """
        project_name: e2e
        experiment_name: training
        work_dir: ./outputs
        execution_job_configs:
          - hook: TrainModelHook
            meta_name: train
            output: [model, final_loss]
            extra_configs:
              type: command
              command: [python3, train.py, '{{ job.dir }}/out']
              watch:
                - pattern: 'step (?<step>\d+) loss (?<loss>[-+.\deE]+)'
              outputs:
                model: {path: ./out/model.bin}
                final_loss: {metric: loss}
        """;
}
