using Microsoft.EntityFrameworkCore;
using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Persistence;

/// <summary>Changes definitions inside an open write transaction. Nobody else writes meanwhile, so what is read here is
/// still true when it is committed.</summary>
internal sealed class DefinitionWriteSession(EngineDbContext context, CommitScope scope)
{
    private readonly IQueryable<DefinitionRow> _rows = context.Set<DefinitionRow>().AsTracking();

    public Task<DefinitionRow?> LatestAsync(string definitionId, CancellationToken cancellationToken) =>
        _rows.SingleOrDefaultAsync(row => row.DefinitionId == definitionId && row.IsLatest, cancellationToken);

    public Task<DefinitionRow?> PublishedAsync(string definitionId, CancellationToken cancellationToken) =>
        _rows.SingleOrDefaultAsync(row => row.DefinitionId == definitionId && row.IsPublished, cancellationToken);

    /// <summary>Stores content: over the draft that was edited, or as a new version.</summary>
    public async Task<(DefinitionRow Row, bool IsChanged)> SaveAsync(SaveDefinition request, CancellationToken cancellationToken)
    {
        var definition = DefinitionRows.Mark(request.Definition, request.Writer);
        var hash = ContentHash.Compute(definition);
        var latest = definition.DefinitionId.Length == 0 ? null : await LatestAsync(definition.DefinitionId, cancellationToken);
        await RefuseStaleAsync(request, latest, cancellationToken);
        if (latest?.ContentHash == hash)
        {
            await AdoptAsync(request, latest, definition, cancellationToken);
            return (latest, false);
        }

        if (latest is not null && await MayOverwriteAsync(latest, definition, cancellationToken))
        {
            DefinitionRows.Fill(latest, definition, hash);
            await context.SaveChangesAsync(cancellationToken);
            return (latest, true);
        }

        var yields = request.YieldsToEdits && latest is not null && latest.Writer != request.Writer;
        return (await AddAsync(definition, hash, yields ? null : latest, !yields, cancellationToken), true);
    }

    // Somebody's edit that a tool has taken over is its own from then on: what it writes next need not yield to it.
    private async Task AdoptAsync(
        SaveDefinition request, DefinitionRow latest, WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        if (request.YieldsToEdits && latest.Writer != request.Writer)
        {
            DefinitionRows.Fill(latest, definition, latest.ContentHash);
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Makes a version the published one.</summary>
    public async Task PublishAsync(DefinitionRow row, CancellationToken cancellationToken)
    {
        if (row.IsPublished)
        {
            return;
        }

        if (await PublishedAsync(row.DefinitionId, cancellationToken) is { } published)
        {
            published.IsPublished = false;
            await context.SaveChangesAsync(cancellationToken);
        }

        row.IsPublished = true;
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task RunAsync(IReadOnlyList<ICommitWork> commitWork, CancellationToken cancellationToken)
    {
        foreach (var work in commitWork)
        {
            await work.ApplyAsync(scope, cancellationToken);
        }
    }

    private async Task RefuseStaleAsync(SaveDefinition request, DefinitionRow? latest, CancellationToken cancellationToken)
    {
        if (latest is null)
        {
            return;
        }

        var editedId = request.Definition.Id;
        var isStale = editedId.Length > 0 && editedId != latest.Id
            && await _rows.AnyAsync(row => row.Id == editedId && row.DefinitionId == latest.DefinitionId, cancellationToken);
        if (isStale || (request.ExpectedHash is { } expected && expected != latest.ContentHash))
        {
            throw new DefinitionConflictException(latest.DefinitionId, latest.Version);
        }
    }

    /// <summary>A draft is written over where its editor says that it is this draft; never what another tool wrote, and
    /// never what an instance runs: an instance must find its activities again after a restart.</summary>
    private async Task<bool> MayOverwriteAsync(
        DefinitionRow latest, WorkflowDefinition definition, CancellationToken cancellationToken) =>
        !latest.IsPublished && latest.Id == definition.Id && latest.Writer == definition.Writer
        && !await DefinitionUse.IsUsedAsync(scope, latest.Id, cancellationToken);

    private async Task<DefinitionRow> AddAsync(
        WorkflowDefinition definition, string hash, DefinitionRow? superseded, bool isLatest, CancellationToken cancellationToken)
    {
        if (superseded is not null)
        {
            superseded.IsLatest = false;
            await context.SaveChangesAsync(cancellationToken);
        }

        var row = new DefinitionRow
        {
            Id = await NewIdAsync(definition.Id, cancellationToken),
            DefinitionId = definition.DefinitionId.Length > 0 ? definition.DefinitionId : EngineIds.New(),
            Version = await NewVersionAsync(definition, cancellationToken),
            CreatedAt = scope.Now,
            IsLatest = isLatest,
            ContentHash = hash,
            Data = string.Empty,
            StringData = string.Empty,
        };
        DefinitionRows.Fill(row, definition, hash);
        context.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        return row;
    }

    // The latest version need not bear the highest number: see SaveDefinition.YieldsToEdits.
    private async Task<int> NewVersionAsync(WorkflowDefinition definition, CancellationToken cancellationToken) =>
        await _rows.Where(row => row.DefinitionId == definition.DefinitionId).MaxAsync(row => (int?)row.Version, cancellationToken) is { } highest
            ? highest + 1
            : Math.Max(1, definition.Version);

    /// <summary>An import keeps its version id where that is free.</summary>
    private async Task<string> NewIdAsync(string wanted, CancellationToken cancellationToken) =>
        wanted.Length > 0 && !await _rows.AnyAsync(row => row.Id == wanted, cancellationToken) ? wanted : EngineIds.New();
}
