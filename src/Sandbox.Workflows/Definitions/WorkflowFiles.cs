using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Definitions;

/// <summary>Workflow definitions as files: imported, run and found again.</summary>
public sealed class WorkflowFiles
{
    private readonly DefinitionStore _store;
    private readonly DefinitionRuns _runs;
    private readonly RunQueries _queries;

    internal WorkflowFiles(DefinitionStore store, DefinitionRuns runs, RunQueries queries) =>
        (_store, _runs, _queries) = (store, runs, queries);

    /// <summary>Stores a definition file as the published version of its workflow; a new one only where it differs.</summary>
    /// <exception cref="FaultException">The file is no definition, or one that cannot run; all faults at once.</exception>
    public async Task<SavedDefinition> ImportAsync(string path, CancellationToken cancellationToken)
    {
        var definition = await ReadAsync(path, cancellationToken);
        try
        {
            return await _store.SaveAsync(new SaveDefinition(definition with { Id = string.Empty }) { Publish = true }, cancellationToken);
        }
        catch (DefinitionInvalidException e)
        {
            throw DefinitionFaults.In(path, e);
        }
    }

    /// <summary>Imports a definition file and creates a run of it.</summary>
    /// <returns>The run's id.</returns>
    /// <exception cref="FaultException">The file is no definition, or one that cannot run.</exception>
    public async Task<string> StartAsync(
        string path, string currentDirectory, JsonObject environment, CancellationToken cancellationToken)
    {
        var definition = (await ImportAsync(path, cancellationToken)).Definition;
        return await _runs.StartAsync(new DefinitionRun(definition, currentDirectory, environment), cancellationToken);
    }

    /// <summary>Finds a definition by definition id, version id, name, a run's id or a file.</summary>
    /// <exception cref="FaultException">There is none.</exception>
    public async Task<WorkflowDefinition> FindAsync(string what, CancellationToken cancellationToken)
    {
        if (File.Exists(what))
        {
            return await ReadAsync(what, cancellationToken);
        }

        if ((await _store.FindAsync(what, VersionOptions.Latest, cancellationToken)
            ?? await _store.FindByVersionIdAsync(what, cancellationToken)) is { } found)
        {
            return found;
        }

        var all = await _store.ListAsync(new DefinitionFilter { Versions = VersionOptions.Latest, Take = 1000 }, cancellationToken);
        if (all.Items.FirstOrDefault(d => d.Name == what) is { } named)
        {
            return (await _store.FindByVersionIdAsync(named.Id, cancellationToken))!;
        }

        var run = await FindRunAsync(what, cancellationToken);
        return run is null
            ? throw new FaultException(Path.GetExtension(what).Length > 0
                ? $"{what} does not exist."
                : $"There is no workflow \"{what}\" in this home.{Suggestion.For(what, all.Items.Select(d => d.Name ?? d.DefinitionId))}")
            : (await _store.FindByVersionIdAsync(run.DefinitionVersionId, cancellationToken))!;
    }

    private async Task<RunRow?> FindRunAsync(string what, CancellationToken cancellationToken)
    {
        try
        {
            return await _queries.FindAsync(what, cancellationToken);
        }
        catch (FaultException)
        {
            return null;
        }
    }

    private static async Task<WorkflowDefinition> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new FaultException(Directory.Exists(path) ? $"{path} is a directory: name a file." : $"{path} does not exist.");
        }

        try
        {
            var json = JsonNode.Parse(await File.ReadAllTextAsync(path, cancellationToken)) as JsonObject
                ?? throw new FaultException([new Fault(new SourceLocation(path, 1, 1), "A workflow definition is a JSON object.")]);
            return DefinitionJson.Read(json);
        }
        catch (JsonException e)
        {
            var place = new SourceLocation(path, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            throw new FaultException([new Fault(place, $"malformed JSON: {ConfigParser.Reason(e)}")]);
        }
        catch (DefinitionFormatException e)
        {
            throw new FaultException([new Fault(new SourceLocation(path, 0, 0), e.Message)]);
        }
    }
}
