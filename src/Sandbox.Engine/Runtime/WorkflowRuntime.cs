using System.Text.Json.Nodes;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Runtime;

/// <summary>Creates workflow instances, works them, and takes requests about them from anybody.</summary>
public sealed partial class WorkflowRuntime
{
    private readonly RuntimeServices _services;

    internal WorkflowRuntime(RuntimeServices services) => _services = services;

    /// <summary>Creates an instance in one commit, together with the request's own writes. Nothing runs yet.</summary>
    /// <returns>The instance's id.</returns>
    /// <exception cref="InvalidOperationException">There is no such definition version.</exception>
    public async Task<string> CreateAsync(CreateInstance request, CancellationToken cancellationToken)
    {
        var id = request.InstanceId ?? EngineIds.New();
        await using var session = await _services.OpenAsync(cancellationToken);
        while (!await TryCreateAsync(session, request, id, cancellationToken))
        {
            _services.Forget(request.DefinitionVersionId);
        }

        return id;
    }

    /// <summary>False where the version was a draft and has been edited since it was read. Once an instance is made from
    /// it, it is not edited any more.</summary>
    private async Task<bool> TryCreateAsync(
        RuntimeSession session, CreateInstance request, string id, CancellationToken cancellationToken)
    {
        var graph = await _services.GraphAsync(request.DefinitionVersionId, cancellationToken);
        var state = new InstanceState
        {
            Id = id,
            DefinitionId = graph.Definition.DefinitionId,
            DefinitionVersionId = request.DefinitionVersionId,
            Version = graph.Definition.Version,
            Name = request.Name,
            CorrelationId = request.CorrelationId,
            Input = request.Inputs.DeepClone().AsObject(),
            CreatedAt = _services.Time.GetUtcNow(),
        };
        var workflow = new WorkflowExecution(state, graph, _services.Time, EngineIds.New);
        workflow.Start(request.TriggerActivityId, request.TriggerInput);
        return await session.WriteAsync(
            async scope =>
            {
                if (!await DefinitionUse.IsCurrentAsync(scope, graph.Definition, cancellationToken))
                {
                    return false;
                }

                await InstanceWriter.InsertAsync(session, state);
                await InstanceWriter.WriteAsync(session, workflow);
                await ApplyAsync(request.CommitWork, scope, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>
    /// Works an instance until it has ended, waits for an event, is paused, or the token ends the work. Takes up what an
    /// earlier process left, wherever it broke off.
    /// </summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="observer">Hears what happens.</param>
    /// <param name="cancellationToken">Ends the work: handlers are told, and their jobs wait for the next run.</param>
    /// <exception cref="KeyNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceBusyException">A live process works it.</exception>
    /// <exception cref="LeaseLostException">Another process took it over in the meantime.</exception>
    public async Task<RunOutcome> RunAsync(string instanceId, IRuntimeObserver observer, CancellationToken cancellationToken) =>
        await ExclusivelyAsync(
            instanceId,
            async (session, workflow) =>
            {
                var outcome = await new InstanceRunner(_services, session, workflow, observer).RunAsync(cancellationToken);
                RuntimeLog.Worked(_services.Logger, instanceId, workflow.Instance.Fence, outcome.End);
                return outcome;
            },
            cancellationToken);

    /// <summary>Works on an instance under its lease.</summary>
    private async Task<T> ExclusivelyAsync<T>(
        string instanceId, Func<RuntimeSession, WorkflowExecution, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var session = await _services.OpenAsync(cancellationToken);
        using var holder = LeaseHolder.New();
        var fence = await _services.Leases.TakeAsync(session, instanceId, holder, cancellationToken) ?? throw NoInstance(instanceId);
        try
        {
            var workflow = await _services.LoadAsync(session, instanceId, cancellationToken) ?? throw NoInstance(instanceId);
            return await work(session, workflow);
        }
        finally
        {
            await LeaseStore.ReturnAsync(session, instanceId, fence);
        }
    }

    private Task WriteAsync(
        RuntimeSession session, WorkflowExecution workflow, IReadOnlyList<ICommitWork> work, CancellationToken cancellationToken) =>
        session.WriteAsync(
            async scope =>
            {
                await InstanceWriter.WriteAsync(session, workflow);
                await ApplyAsync(work, scope, cancellationToken);
            },
            cancellationToken);

    private static async Task ApplyAsync(IReadOnlyList<ICommitWork> work, CommitScope scope, CancellationToken cancellationToken)
    {
        foreach (var item in work)
        {
            await item.ApplyAsync(scope, cancellationToken);
        }
    }

    private static KeyNotFoundException NoInstance(string instanceId) => new($"There is no workflow instance {instanceId}.");
}
