using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Definitions;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Tests.Definitions;

/// <summary>A home and a current directory of their own, deleted at the end.</summary>
internal sealed class TestHome : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestHome()
    {
        Current = Directory.CreateTempSubdirectory("sandbox-test-").FullName;
        Home = new SandboxHome(Path.Combine(Current, ".sandbox"));
        Directory.CreateDirectory(Home.Root);
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new RuntimeOptions { Output = Output })
            .AddLogging()
            .AddSandbox(Home)
            .BuildServiceProvider();
    }

    public string Current { get; }

    public SandboxHome Home { get; }

    /// <summary>What activities wrote.</summary>
    public StringWriter Output { get; } = new() { NewLine = "\n" };

    public SandboxRuns Runs => _services.GetRequiredService<SandboxRuns>();

    public RunQueries Queries => _services.GetRequiredService<RunQueries>();

    public WorkflowFiles Workflows => _services.GetRequiredService<WorkflowFiles>();

    public DefinitionStore Store => _services.GetRequiredService<DefinitionStore>();

    public string Write(string name, string text)
    {
        var path = Path.Combine(Current, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public async Task<StartedRun> StartAsync(string config)
    {
        var request = new RunRequest(config, [], Current);
        var check = SandboxServices.ConfigCheck().Check(request);
        check.IsValid.ShouldBeTrue(string.Join('\n', check.Faults));
        return await Runs.StartAsync(request, check, [], CancellationToken.None);
    }

    public async Task<string> WorkAsync(string runId) =>
        (await Runs.WorkAsync(runId, new Silent(), CancellationToken.None)) is { } end ? $"{end.State} {end.Failure}".Trim() : string.Empty;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Current, recursive: true);
    }

    private sealed class Silent : IRunObserver
    {
        public void JobStarted(JobView job)
        {
        }

        public void JobProgress(JobView job, double? fraction, string text)
        {
        }

        public void Metric(JobView job, string name, double value, double? step)
        {
        }

        public void JobWarning(JobView job, string text)
        {
        }

        public void JobEnded(JobView job)
        {
        }
    }
}
