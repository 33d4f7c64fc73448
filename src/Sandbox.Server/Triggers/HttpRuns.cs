using System.Text.Json.Nodes;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Triggers;
using Sandbox.Server.Http;
using Sandbox.Server.Work;

namespace Sandbox.Server.Triggers;

/// <summary>Starts and resumes runs for requests.</summary>
internal sealed class HttpRuns(DefinitionStore definitions, RunLauncher launcher, WorkflowRuntime runtime, InstanceWorker worker)
{
    /// <summary>Starts the workflow of a trigger and gives the run's id.</summary>
    public async Task<string> StartAsync(
        StoredTrigger trigger, JsonObject request, JsonObject inputs, string? correlationId, CancellationToken cancellationToken)
    {
        var definition = await definitions.FindByVersionIdAsync(trigger.DefinitionVersionId, cancellationToken)
            ?? throw ProblemException.NotFound("workflow definition version", trigger.DefinitionVersionId);
        return await launcher.StartAsync(
            definition,
            new LaunchRequest { TriggerActivityId = trigger.ActivityId, TriggerInput = request, Inputs = inputs, CorrelationId = correlationId },
            cancellationToken);
    }

    /// <summary>Goes on with a run that waits, and gives its id.</summary>
    /// <exception cref="ProblemException">Another request was first.</exception>
    public async Task<string> ResumeAsync(WaitingBookmark waiting, JsonObject request, CancellationToken cancellationToken)
    {
        if (!await runtime.ResumeBookmarkAsync(waiting.Id, request, cancellationToken))
        {
            throw ProblemException.Conflict($"Run {waiting.InstanceId} does not wait for this request any more.");
        }

        worker.Signal(waiting.InstanceId);
        return waiting.InstanceId;
    }
}
