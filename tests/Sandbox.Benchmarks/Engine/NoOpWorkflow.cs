using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Hosting;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;

namespace Sandbox.Benchmarks.Engine;

/// <summary>The bare engine with jobs that do nothing, one after another.</summary>
internal sealed class NoOpWorkflow : IAsyncDisposable
{
    private const string Kind = "benchmark.nothing";
    private const string TypeName = "Benchmark.Nothing";
    private readonly ServiceProvider _services;
    private readonly string _versionId;

    private NoOpWorkflow(ServiceProvider services, string versionId) => (_services, _versionId) = (services, versionId);

    public static async Task<NoOpWorkflow> CreateAsync(string databasePath, int jobs, CancellationToken cancellationToken)
    {
        var descriptor = new ActivityDescriptor { TypeName = TypeName };
        var services = new ServiceCollection()
            .AddSandboxEngine(new EngineStoreOptions { DatabasePath = databasePath })
            .AddSingleton<IJobHandler, NoOpHandler>()
            .AddSingleton(new ActivityRegistration(descriptor, () => new JobActivity(new JobActivityOptions { HandlerKind = Kind })))
            .BuildServiceProvider();
        var root = new ActivityNode { Type = "Elsa.Sequence", Id = "root", Activities = [.. Enumerable.Range(1, jobs).Select(Job)] };
        var definition = new WorkflowDefinition { Name = "Nothing, often", Root = root };
        var saved = await services.GetRequiredService<DefinitionStore>()
            .SaveAsync(new SaveDefinition(definition) { Publish = true }, cancellationToken);
        return new NoOpWorkflow(services, saved.Definition.Id);
    }

    /// <summary>Runs an instance to its end.</summary>
    public async Task RunAsync(IRuntimeObserver observer, CancellationToken cancellationToken)
    {
        var runtime = _services.GetRequiredService<WorkflowRuntime>();
        var id = await runtime.CreateAsync(new CreateInstance(_versionId), cancellationToken);
        var outcome = await runtime.RunAsync(id, observer, cancellationToken);
        if (outcome.End != RunEnd.Finished)
        {
            throw new InvalidOperationException($"The workflow ended as {outcome.End}.");
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static ActivityNode Job(int number) =>
        new() { Type = TypeName, Id = string.Create(CultureInfo.InvariantCulture, $"job{number}") };

    private sealed class NoOpHandler : IJobHandler
    {
        public string Kind => NoOpWorkflow.Kind;

        public Task<JobResult> ExecuteAsync(JobExecution job, CancellationToken cancellationToken) => Task.FromResult(JobResult.Done);
    }
}
