using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Workflows.Checking;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Tests.Runs;

/// <summary>A home and a working directory of a test, and the services on them.</summary>
internal sealed class RunSite : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sandbox-runs-").FullName;
    private ServiceProvider _services;

    public RunSite()
    {
        Work = Directory.CreateDirectory(Path.Combine(_root, "work")).FullName;
        Home = new SandboxHome(Path.Combine(_root, "home"));
        _services = Build();
    }

    public ScriptedHook Hook { get; } = new();

    public string Work { get; }

    public SandboxHome Home { get; }

    public Listener Heard { get; } = new();

    public SandboxRuns Runs => Get<SandboxRuns>();

    public RunQueries Queries => Get<RunQueries>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public string PathOf(string relative) => Path.Combine(Work, relative);

    public string Read(string relative) => File.ReadAllText(PathOf(relative));

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }

    /// <summary>A new process on the same home.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = Build();
    }

    public async Task<StartedRun> StartAsync(string yaml, string file = "sandbox.yaml")
    {
        var (request, check) = Check(yaml, file);
        return await Runs.StartAsync(request, check, [], CancellationToken.None);
    }

    public async Task<RunEnd> RunAsync(string yaml) => await WorkAsync((await StartAsync(yaml)).RunId);

    public Task<RunEnd> WorkAsync(string runId, CancellationToken cancellationToken = default) =>
        Runs.WorkAsync(runId, Heard, cancellationToken);

    public Task MendAsync(string runId, string yaml)
    {
        var (request, check) = Check(yaml, "sandbox.yaml");
        return Runs.MendAsync(runId, request, check, [], CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }

    private (RunRequest Request, CheckedConfig Check) Check(string yaml, string file)
    {
        Write(file, yaml);
        var request = new RunRequest(file, [], Work);
        var check = Get<ConfigCheck>().Check(request);
        return check.IsValid ? (request, check) : throw new InvalidOperationException(string.Join('\n', check.Faults));
    }

    private ServiceProvider Build() => new ServiceCollection().AddSandbox(Home, Hook).BuildServiceProvider();

    internal sealed class Listener : IRunObserver
    {
        public ConcurrentQueue<JobView> Started { get; } = new();

        public ConcurrentQueue<JobView> Ended { get; } = new();

        public ConcurrentQueue<(JobView Job, string Name, double Value)> Metrics { get; } = new();

        public void JobStarted(JobView job) => Started.Enqueue(job);

        public void JobProgress(JobView job, double? fraction, string text)
        {
        }

        public void JobWarning(JobView job, string text)
        {
        }

        public void Metric(JobView job, string name, double value, double? step) => Metrics.Enqueue((job, name, value));

        public void JobEnded(JobView job) => Ended.Enqueue(job);
    }
}

/// <summary>Configs of scripted jobs.</summary>
internal static class Yaml
{
    public const string Head = "project_name: p\nexperiment_name: e\nwork_dir: ./out\n";

    /// <summary>One pipeline of jobs with these meta names, in the execution stage.</summary>
    public static string Of(params string[] metaNames) => Head + Jobs(metaNames);

    /// <summary>The execution jobs with these meta names; text after a bar is put below the job.</summary>
    public static string Jobs(params string[] metaNames) => "execution_job_configs:\n" + string.Concat(metaNames.Select(m =>
    {
        var parts = m.Split('|', 2);
        var more = parts.Length > 1 ? string.Concat(parts[1].Split('\n').Select(l => $"    {l.TrimStart('~')}\n")) : string.Empty;
        return $"  - hook: ScriptedHook\n    meta_name: {parts[0]}\n{more}";
    }));
}
