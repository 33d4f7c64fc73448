using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Runtime;

/// <summary>What runners share.</summary>
internal sealed class RuntimeServices(
    EngineDatabase database,
    DefinitionStore definitions,
    ActivityRegistry registry,
    IEnumerable<IJobHandler> handlers,
    RuntimeOptions options,
    TimeProvider time,
    ILogger<WorkflowRuntime> logger)
{
    /// <summary>Versions that are kept ready; past it all are forgotten, which costs no more than reading them again.</summary>
    private const int MaxGraphs = 256;

    private readonly ConcurrentDictionary<string, WorkflowGraph> _graphs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);

    public EngineDatabase Database { get; } = database;

    /// <summary>Lets tests stand at commit boundaries.</summary>
    public CommitProbe Probe { get; } = new();

    public RuntimeOptions Options { get; } = options;

    public TimeProvider Time { get; } = time;

    public ILogger<WorkflowRuntime> Logger { get; } = logger;

    public LeaseStore Leases { get; } = new(time, options.LeaseDuration, options.Node);

    /// <summary>The handler of a kind of job.</summary>
    /// <exception cref="JobFailure">There is none here.</exception>
    public IJobHandler Handler(string kind) => _handlers.TryGetValue(kind, out var handler)
        ? handler
        : throw new JobFailure($"No handler for jobs of kind {kind} is registered in this process.") { NonRetryable = true };

    /// <summary>A connection of its own for work on an instance.</summary>
    public async Task<RuntimeSession> OpenAsync(CancellationToken cancellationToken) =>
        new(await Database.OpenAsync(cancellationToken), Database.WriteGate, Probe, Time);

    /// <summary>A definition version, ready to run.</summary>
    /// <exception cref="InvalidOperationException">There is no such version.</exception>
    public async Task<WorkflowGraph> GraphAsync(string versionId, CancellationToken cancellationToken)
    {
        if (_graphs.TryGetValue(versionId, out var graph))
        {
            return graph;
        }

        var definition = await definitions.FindByVersionIdAsync(versionId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no workflow definition version {versionId}.");
        if (_graphs.Count >= MaxGraphs)
        {
            _graphs.Clear();
        }

        return _graphs.GetOrAdd(versionId, WorkflowGraph.Build(definition, registry));
    }

    /// <summary>Forgets a version that is stored with other content by now.</summary>
    public void Forget(string versionId) => _graphs.TryRemove(versionId, out _);

    /// <summary>Loads an instance; null where there is none.</summary>
    public async Task<WorkflowExecution?> LoadAsync(RuntimeSession session, string instanceId, CancellationToken cancellationToken)
    {
        var state = await session.ReadAsync(() => InstanceReader.FindAsync(session, instanceId), cancellationToken);
        if (state is null)
        {
            return null;
        }

        var graph = await GraphAsync(state.DefinitionVersionId, cancellationToken);
        var workflow = new WorkflowExecution(state, graph, Time, EngineIds.New);
        await session.ReadAsync(
            async () =>
            {
                await InstanceReader.FillAsync(session, workflow);
                return true;
            },
            cancellationToken);
        return workflow;
    }
}
