using System.Text.Json.Nodes;
using Sandbox.Engine;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Runs;

/// <summary>Asks for a run of a stored definition.</summary>
/// <param name="Definition">The version to run.</param>
/// <param name="CurrentDirectory">What relative paths mean.</param>
/// <param name="Environment">What is known of host and program, for the report.</param>
public sealed record DefinitionRun(WorkflowDefinition Definition, string CurrentDirectory, JsonObject Environment)
{
    /// <summary>The run's id; null for a new one.</summary>
    public string? RunId { get; init; }

    /// <summary>A name for people; null for the definition's.</summary>
    public string? Name { get; init; }

    /// <summary>Ties the run to something outside.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The workflow's inputs, by name.</summary>
    public JsonObject Inputs { get; init; } = [];

    /// <summary>The trigger that starts it; null to start at its beginning.</summary>
    public string? TriggerActivityId { get; init; }

    /// <summary>What came with the trigger.</summary>
    public JsonNode? TriggerInput { get; init; }

    /// <summary>What must be written in the transaction that creates the run.</summary>
    public IReadOnlyList<ICommitWork> CommitWork { get; init; } = [];
}

/// <summary>Creates runs of stored definitions, whoever wrote them.</summary>
public sealed class DefinitionRuns
{
    private readonly WorkflowRuntime _runtime;
    private readonly RunsDatabase _database;
    private readonly TimeProvider _time;

    internal DefinitionRuns(WorkflowRuntime runtime, RunsDatabase database, TimeProvider time) =>
        (_runtime, _database, _time) = (runtime, database, time);

    /// <summary>Creates a run; nothing works it yet.</summary>
    /// <returns>The run's id.</returns>
    public async Task<string> StartAsync(DefinitionRun request, CancellationToken cancellationToken)
    {
        await _database.EnsureReadyAsync(cancellationToken);
        var definition = request.Definition;
        var settings = definition.CustomProperties[ActivityNames.Settings] as JsonObject;
        var run = new RunRow
        {
            Id = request.RunId ?? EngineIds.New(),
            ProjectName = Text(settings, "project_name") ?? "workflow",
            ExperimentName = Text(settings, "experiment_name") ?? definition.Name ?? definition.DefinitionId,
            CurrentDirectory = request.CurrentDirectory,
            WorkDir = Text(settings, "work_dir") ?? $"./outputs/{definition.DefinitionId}",
            DefinitionVersionId = definition.Id,
            CreatedAt = _time.GetUtcNow().ToUnixTimeMilliseconds(),
            Environment = request.Environment.ToJsonString(),
        };
        return await _runtime.CreateAsync(
            new CreateInstance(definition.Id)
            {
                InstanceId = run.Id,
                Name = request.Name ?? definition.Name,
                CorrelationId = request.CorrelationId,
                Inputs = request.Inputs,
                TriggerActivityId = request.TriggerActivityId,
                TriggerInput = request.TriggerInput,
                CommitWork = [new RowsCommit(run), .. request.CommitWork],
            },
            cancellationToken);
    }

    private static string? Text(JsonObject? settings, string name) => settings?[name]?.ToString();
}
