using Microsoft.EntityFrameworkCore;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Triggers;

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
        if (IsOwn(request, latest))
        {
            definition = definition with { Id = latest!.Id };
        }

        if (latest?.ContentHash == hash)
        {
            await AdoptAsync(request, latest, definition, cancellationToken);
            return (latest, false);
        }

        if (latest is not null && await MayOverwriteAsync(latest, definition, cancellationToken))
        {
            DefinitionRows.Fill(latest, definition, hash);
            latest.EditSession = request.EditSession;
            await context.SaveChangesAsync(cancellationToken);
            return (latest, true);
        }

        var yields = request.YieldsToEdits && latest is not null && latest.Writer != request.Writer;
        return (await AddAsync(definition, hash, yields ? null : latest, !yields, request.EditSession, cancellationToken), true);
    }

    /// <summary>Whether the save comes too late, and what to tell its writer; what it holds is kept where that was asked for.</summary>
    public async Task<DefinitionConflictException?> FindConflictAsync(SaveDefinition request, CancellationToken cancellationToken)
    {
        var id = request.Definition.DefinitionId;
        var latest = id.Length == 0 ? null : await LatestAsync(id, cancellationToken);
        if (latest is null || IsOwn(request, latest) || !await IsStaleAsync(request, latest, cancellationToken))
        {
            return null;
        }

        var kept = request.KeepsLoser ? await KeepAsync(request, cancellationToken) : null;
        return new DefinitionConflictException(latest.DefinitionId, latest.Version, kept?.Version);
    }

    /// <summary>Deletes a version.</summary>
    public async Task<bool> DeleteVersionAsync(string versionId, CancellationToken cancellationToken)
    {
        if (await _rows.SingleOrDefaultAsync(row => row.Id == versionId, cancellationToken) is not { } row)
        {
            return false;
        }

        var users = await DefinitionUse.CountUnfinishedAsync(scope, row.DefinitionId, cancellationToken);
        if (users > 0)
        {
            throw new DefinitionInUseException(row.DefinitionId, users);
        }

        context.Remove(row);
        await context.SaveChangesAsync(cancellationToken);
        if (row.IsPublished)
        {
            await TriggerStore.RemoveAsync(scope, row.DefinitionId, cancellationToken);
        }

        var before = row.IsLatest
            ? await _rows.Where(r => r.DefinitionId == row.DefinitionId).OrderByDescending(r => r.Version).FirstOrDefaultAsync(cancellationToken)
            : null;
        if (before is not null)
        {
            before.IsLatest = true;
            await context.SaveChangesAsync(cancellationToken);
        }

        return true;
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
        await TriggerStore.ReplaceAsync(scope, DefinitionRows.Read(row), cancellationToken);
    }

    public async Task RunAsync(IReadOnlyList<ICommitWork> commitWork, CancellationToken cancellationToken)
    {
        foreach (var work in commitWork)
        {
            await work.ApplyAsync(scope, cancellationToken);
        }
    }

    /// <summary>Whether the editor that saves is the one that saved the latest version.</summary>
    private static bool IsOwn(SaveDefinition request, DefinitionRow? latest) =>
        request.EditSession is { } session && latest?.EditSession == session;

    private async Task<bool> IsStaleAsync(SaveDefinition request, DefinitionRow latest, CancellationToken cancellationToken)
    {
        var editedId = request.Definition.Id;
        return (request.ExpectedHash is { } expected && expected != latest.ContentHash)
            || (editedId.Length > 0 && editedId != latest.Id
                && await _rows.AnyAsync(row => row.Id == editedId && row.DefinitionId == latest.DefinitionId, cancellationToken));
    }

    private async Task<DefinitionRow> KeepAsync(SaveDefinition request, CancellationToken cancellationToken)
    {
        var definition = DefinitionRows.Mark(request.Definition, request.Writer);
        var hash = ContentHash.Compute(definition);
        var earlier = request.EditSession is not { } session ? null : await _rows.FirstOrDefaultAsync(
            row => row.DefinitionId == definition.DefinitionId && row.EditSession == session && !row.IsLatest && !row.IsPublished,
            cancellationToken);
        if (earlier is null || await DefinitionUse.IsUsedAsync(scope, earlier.Id, cancellationToken))
        {
            return await AddAsync(definition with { Id = string.Empty }, hash, null, isLatest: false, request.EditSession, cancellationToken);
        }

        DefinitionRows.Fill(earlier, definition, hash);
        await context.SaveChangesAsync(cancellationToken);
        return earlier;
    }

    /// <summary>A draft is written over where its editor says that it is this draft; never what another tool wrote, and
    /// never what an instance runs: an instance must find its activities again after a restart.</summary>
    private async Task<bool> MayOverwriteAsync(
        DefinitionRow latest, WorkflowDefinition definition, CancellationToken cancellationToken) =>
        !latest.IsPublished && latest.Id == definition.Id && latest.Writer == definition.Writer
        && !await DefinitionUse.IsUsedAsync(scope, latest.Id, cancellationToken);

    private async Task<DefinitionRow> AddAsync(
        WorkflowDefinition definition, string hash, DefinitionRow? superseded, bool isLatest, string? editSession,
        CancellationToken cancellationToken)
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
            EditSession = editSession,
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
