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
    /// <summary>Versions that are kept ready; past it all are forgotten, which costs no more than reading them again.</summary>
    private const int MaxVersions = 256;

    private readonly ConcurrentDictionary<string, Task<RunScope>> _scopes = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, VersionParts> _versions = new(StringComparer.Ordinal);

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
    public async Task<SandboxLayout> LayoutAsync(string definitionVersionId, CancellationToken cancellationToken) =>
        (await VersionAsync(definitionVersionId, cancellationToken)).Layout;

    /// <summary>Forgets a scope: its run is no longer worked here, or its records changed elsewhere.</summary>
    public void Close(string runId) => _scopes.TryRemove(runId, out _);

    private async Task<RunScope> LoadAsync(string runId, CancellationToken cancellationToken)
    {
        var records = await RunRecords.LoadAsync(contexts, runId, cancellationToken);
        var version = await VersionAsync(records.Run.DefinitionVersionId, cancellationToken);
        return new RunScope(records, version.Layout, await ReadSnapshotsAsync(version.Files, cancellationToken));
    }

    // A definition of thousands of jobs takes a while to read: once is enough for all runs and look-ups of the version.
    private async Task<VersionParts> VersionAsync(string definitionVersionId, CancellationToken cancellationToken)
    {
        if (_versions.TryGetValue(definitionVersionId, out var version))
        {
            return version;
        }

        var definition = await definitions.FindByVersionIdAsync(definitionVersionId, cancellationToken)
            ?? throw new JobFailedException($"The workflow version {definitionVersionId} is gone.");
        if (_versions.Count >= MaxVersions)
        {
            _versions.Clear();
        }

        return _versions.GetOrAdd(definitionVersionId, new VersionParts(SandboxLayout.Of(definition), Files(definition)));
    }

    private static List<NamedFile> Files(WorkflowDefinition definition) =>
        (definition.CustomProperties[ActivityNames.Files] as JsonArray ?? []).OfType<JsonObject>()
            .Select(f => new NamedFile(f["path"]?.ToString() ?? string.Empty, f["sha256"]?.ToString() ?? string.Empty))
            .DistinctBy(f => f.Path, StringComparer.Ordinal).ToList();

    private async Task<IReadOnlyDictionary<string, string>> ReadSnapshotsAsync(
        IReadOnlyList<NamedFile> files, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hashes = files.Select(f => f.Sha256).ToList();
        var contents = await db.FileSnapshots.AsNoTracking().Where(s => hashes.Contains(s.Sha256))
            .ToDictionaryAsync(s => s.Sha256, s => s.Content, StringComparer.Ordinal, cancellationToken);
        return files.Where(f => contents.ContainsKey(f.Sha256))
            .ToDictionary(f => f.Path, f => contents[f.Sha256], StringComparer.Ordinal);
    }

    /// <summary>A file that a version refers to.</summary>
    private sealed record NamedFile(string Path, string Sha256);

    /// <summary>What a version of a definition has for all its runs.</summary>
    private sealed record VersionParts(SandboxLayout Layout, IReadOnlyList<NamedFile> Files);
}
