using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Faults;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Jobs;

/// <summary>What all jobs of a run share while it is worked here.</summary>
/// <param name="Records">What the jobs recorded.</param>
/// <param name="Layout">Where the jobs stand in the definition.</param>
/// <param name="Snapshots">The files that the definition refers to, as they were when it was compiled, by path.</param>
internal sealed record RunScope(RunRecords Records, SandboxLayout Layout, IReadOnlyDictionary<string, string> Snapshots);

/// <summary>Opens the scopes of the runs that are worked here, each once.</summary>
internal sealed class RunScopes(IDbContextFactory<RunsDbContext> contexts, DefinitionStore definitions)
{
    /// <summary>Layouts that are kept ready; past it all are forgotten, which costs no more than reading them again.</summary>
    private const int MaxLayouts = 256;

    private readonly ConcurrentDictionary<string, Task<RunScope>> _scopes = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, SandboxLayout> _layouts = new(StringComparer.Ordinal);

    /// <summary>The scope of a run.</summary>
    public async Task<RunScope> OpenAsync(string runId, CancellationToken cancellationToken)
    {
        // Shared by jobs in parallel, so it does not end with the one that asked first.
        var opening = _scopes.GetOrAdd(runId, id => LoadAsync(id, CancellationToken.None));
        try
        {
            return await opening.WaitAsync(cancellationToken);
        }
        catch when (opening.IsFaulted)
        {
            _scopes.TryRemove(KeyValuePair.Create(runId, opening));
            throw;
        }
    }

    /// <summary>Where the jobs stand in a version of a definition.</summary>
    public async Task<SandboxLayout> LayoutAsync(string definitionVersionId, CancellationToken cancellationToken)
    {
        if (_layouts.TryGetValue(definitionVersionId, out var layout))
        {
            return layout;
        }

        var definition = await definitions.FindByVersionIdAsync(definitionVersionId, cancellationToken)
            ?? throw new JobFailedException($"The workflow version {definitionVersionId} is gone.");
        if (_layouts.Count >= MaxLayouts)
        {
            _layouts.Clear();
        }

        return _layouts.GetOrAdd(definitionVersionId, SandboxLayout.Of(definition));
    }

    /// <summary>Forgets a scope: its run is no longer worked here, or its records changed elsewhere.</summary>
    public void Close(string runId) => _scopes.TryRemove(runId, out _);

    private async Task<RunScope> LoadAsync(string runId, CancellationToken cancellationToken)
    {
        var records = await RunRecords.LoadAsync(contexts, runId, cancellationToken);
        var definition = await definitions.FindByVersionIdAsync(records.Run.DefinitionVersionId, cancellationToken)
            ?? throw new JobFailedException($"The workflow version {records.Run.DefinitionVersionId} of run {runId} is gone.");
        var snapshots = await ReadSnapshotsAsync(definition, cancellationToken);
        return new RunScope(records, SandboxLayout.Of(definition), snapshots);
    }

    private async Task<IReadOnlyDictionary<string, string>> ReadSnapshotsAsync(
        WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var files = (definition.CustomProperties[ActivityNames.Files] as JsonArray ?? []).OfType<JsonObject>()
            .Select(f => (Path: f["path"]?.ToString() ?? string.Empty, Sha256: f["sha256"]?.ToString() ?? string.Empty))
            .DistinctBy(f => f.Path, StringComparer.Ordinal).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hashes = files.Select(f => f.Sha256).ToList();
        var contents = await db.FileSnapshots.AsNoTracking().Where(s => hashes.Contains(s.Sha256))
            .ToDictionaryAsync(s => s.Sha256, s => s.Content, StringComparer.Ordinal, cancellationToken);
        return files.Where(f => contents.ContainsKey(f.Sha256))
            .ToDictionary(f => f.Path, f => contents[f.Sha256], StringComparer.Ordinal);
    }
}
