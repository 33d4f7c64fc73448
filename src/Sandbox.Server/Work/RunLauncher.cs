using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Hosting;
using Sandbox.Server.Http;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Work;

/// <summary>What a caller says about a run that it starts.</summary>
internal sealed record LaunchRequest
{
    /// <summary>The run's id; null for a new one.</summary>
    public string? RunId { get; init; }

    public string? Name { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>The workflow's inputs, by name.</summary>
    public JsonObject Inputs { get; init; } = [];

    /// <summary>The trigger that starts it, or null.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>What came with the trigger.</summary>
    public JsonNode? TriggerInput { get; init; }

    /// <summary>What must be written in the transaction that creates the run.</summary>
    public IReadOnlyList<ICommitWork> CommitWork { get; init; } = [];
}

/// <summary>Starts runs of definitions: checks, creates, and hands them to the worker.</summary>
internal sealed class RunLauncher(
    DefinitionStore definitions, DefinitionRuns runs, InstanceQueries instances, InstanceWorker worker, HostDescription host, ServerSettings settings)
{
    private const int LongestId = 64;

    /// <summary>Starts a run and gives its id.</summary>
    /// <exception cref="DefinitionInvalidException">The definition has faults.</exception>
    public async Task<string> StartAsync(WorkflowDefinition definition, LaunchRequest request, CancellationToken cancellationToken)
    {
        var faults = definitions.Validate(definition);
        if (faults.Any(f => f.Severity == DefinitionSeverity.Error))
        {
            throw new DefinitionInvalidException(faults);
        }

        await CheckIdAsync(request.RunId, cancellationToken);
        var id = await runs.StartAsync(
            new DefinitionRun(definition, settings.Directory, await host.DescribeAsync(cancellationToken))
            {
                RunId = request.RunId,
                Name = request.Name,
                CorrelationId = request.CorrelationId,
                Inputs = request.Inputs,
                TriggerActivityId = request.TriggerActivityId,
                TriggerInput = request.TriggerInput,
                CommitWork = request.CommitWork,
            },
            cancellationToken);
        worker.Signal(id);
        return id;
    }

    // The id names a directory of the home.
    private async Task CheckIdAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            return;
        }

        if (id.Length is 0 or > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw ProblemException.Bad(
                FormattableString.Invariant($"An instance id has up to {LongestId} letters, digits, hyphens and underscores."));
        }

        if (await instances.GetAsync(id, cancellationToken) is not null)
        {
            throw ProblemException.Conflict($"There is a workflow instance \"{id}\" already.");
        }
    }
}
