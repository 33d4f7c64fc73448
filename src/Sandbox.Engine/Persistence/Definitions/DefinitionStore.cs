using Microsoft.EntityFrameworkCore;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Triggers;

namespace Sandbox.Engine.Persistence;

/// <summary>
/// The stored definitions. Of each definition exactly one version is the latest and at most one is published. A
/// published version, or one that an instance was made from, never changes.
/// </summary>
public sealed class DefinitionStore
{
    private readonly EngineDatabase _database;
    private readonly DefinitionValidator _validator;

    internal DefinitionStore(EngineDatabase database, DefinitionValidator validator) =>
        (_database, _validator) = (database, validator);

    /// <summary>Stores a definition as a draft, or published; a new version only where its content has changed.</summary>
    /// <exception cref="DefinitionInvalidException">It was to be published and has faults. Nothing is written.</exception>
    /// <exception cref="DefinitionConflictException">Somebody else has stored a version meanwhile.</exception>
    public async Task<SavedDefinition> SaveAsync(SaveDefinition request, CancellationToken cancellationToken)
    {
        request = request with { Definition = DefinitionJson.AssignIds(request.Definition) };
        var faults = request.Publish ? _validator.Validate(request.Definition) : [];
        var (saved, conflict) = await _database.WriteAsync(
            async (context, scope) =>
            {
                var session = new DefinitionWriteSession(context, scope);
                return await session.FindConflictAsync(request, cancellationToken) is { } stale
                    ? ((SavedDefinition?)null, stale)
                    : (await SaveAsync(session, request, Check(faults), cancellationToken), null);
            },
            cancellationToken);
        return saved ?? throw conflict!;
    }

    private async Task<SavedDefinition> SaveAsync(
        DefinitionWriteSession session, SaveDefinition request, IReadOnlyList<DefinitionFault> warnings, CancellationToken cancellationToken)
    {
        var (row, isChanged) = await session.SaveAsync(request, cancellationToken);
        var alreadyPublished = request.Publish && row.IsPublished;
        if (request.Publish && row.IsLatest)
        {
            await session.PublishAsync(row, cancellationToken);
        }

        await session.RunAsync(request.CommitWork, cancellationToken);
        return new SavedDefinition(DefinitionRows.Read(row), isChanged, alreadyPublished, warnings);
    }

    /// <summary>Publishes the latest version of a definition; null where there is no such definition.</summary>
    /// <exception cref="DefinitionInvalidException">It has faults.</exception>
    public Task<SavedDefinition?> PublishAsync(string definitionId, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async (context, scope) =>
            {
                var session = new DefinitionWriteSession(context, scope);
                if (await session.LatestAsync(definitionId, cancellationToken) is not { } row)
                {
                    return null;
                }

                var warnings = Check(_validator.Validate(DefinitionRows.Read(row)));
                var alreadyPublished = row.IsPublished;
                await session.PublishAsync(row, cancellationToken);
                return new SavedDefinition(DefinitionRows.Read(row), IsChanged: false, alreadyPublished, warnings);
            },
            cancellationToken);

    /// <summary>Takes back the publication of a definition; null where none is published.</summary>
    public Task<WorkflowDefinition?> RetractAsync(string definitionId, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async (context, scope) =>
            {
                var row = await new DefinitionWriteSession(context, scope).PublishedAsync(definitionId, cancellationToken);
                if (row is null)
                {
                    return null;
                }

                row.IsPublished = false;
                await context.SaveChangesAsync(cancellationToken);
                await TriggerStore.RemoveAsync(scope, definitionId, cancellationToken);
                return DefinitionRows.Read(row);
            },
            cancellationToken);

    /// <summary>Finds a version of a definition; where several match, the newest.</summary>
    public Task<WorkflowDefinition?> FindAsync(
        string definitionId, VersionOptions versions, CancellationToken cancellationToken) =>
        FirstAsync(
            rows => rows.Where(row => row.DefinitionId == definitionId).OfVersion(versions).OrderByDescending(row => row.Version),
            cancellationToken);

    /// <summary>Finds a version by its own id.</summary>
    public Task<WorkflowDefinition?> FindByVersionIdAsync(string versionId, CancellationToken cancellationToken) =>
        FirstAsync(rows => rows.Where(row => row.Id == versionId), cancellationToken);

    /// <summary>The newest version that a tool wrote (<see cref="SaveDefinition.Writer"/>).</summary>
    public Task<WorkflowDefinition?> FindLastWrittenByAsync(
        string definitionId, string writer, CancellationToken cancellationToken) =>
        FirstAsync(
            rows => rows.Where(row => row.DefinitionId == definitionId && row.Writer == writer).OrderByDescending(row => row.Version),
            cancellationToken);

    /// <summary>Lists versions without their content.</summary>
    public async Task<DefinitionPage> ListAsync(DefinitionFilter filter, CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        var rows = context.Set<DefinitionRow>().Matching(filter);
        var items = await rows.Sorted(filter)
            .Skip(filter.Skip).Take(filter.Take)
            .Select(row => new DefinitionSummary(
                row.Id, row.DefinitionId, row.Name, row.Description, row.Version, row.IsLatest, row.IsPublished,
                row.IsReadonly, row.IsSystem, row.ToolVersion, row.Writer, row.CreatedAt))
            .ToListAsync(cancellationToken);
        return new DefinitionPage(items, await rows.CountAsync(cancellationToken));
    }

    /// <summary>Whether no other definition bears a name.</summary>
    public async Task<bool> IsNameUniqueAsync(
        string name, string? exceptDefinitionId, CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        return !await context.Set<DefinitionRow>().AnyAsync(
            row => row.IsLatest && row.Name == name && row.DefinitionId != exceptDefinitionId, cancellationToken);
    }

    /// <summary>Deletes all versions of a definition; false where there are none. Finished instances stay.</summary>
    /// <exception cref="DefinitionInUseException">Unfinished instances run it.</exception>
    public Task<bool> DeleteAsync(string definitionId, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async (context, scope) =>
            {
                var users = await DefinitionUse.CountUnfinishedAsync(scope, definitionId, cancellationToken);
                if (users > 0)
                {
                    throw new DefinitionInUseException(definitionId, users);
                }

                await TriggerStore.RemoveAsync(scope, definitionId, cancellationToken);
                return await context.Set<DefinitionRow>().Where(row => row.DefinitionId == definitionId)
                        .ExecuteDeleteAsync(cancellationToken) > 0;
            },
            cancellationToken);

    /// <summary>Deletes one version; false where there is none. Of the latest version the one before becomes the latest.</summary>
    /// <exception cref="DefinitionInUseException">Unfinished instances run the definition.</exception>
    public Task<bool> DeleteVersionAsync(string versionId, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            (context, scope) => new DefinitionWriteSession(context, scope).DeleteVersionAsync(versionId, cancellationToken),
            cancellationToken);

    /// <summary>How many definitions there are.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        return await context.Set<DefinitionRow>().CountAsync(row => row.IsLatest, cancellationToken);
    }

    /// <summary>All findings in a definition, as publishing it would find them.</summary>
    public IReadOnlyList<DefinitionFault> Validate(WorkflowDefinition definition) => _validator.Validate(definition);

    private async Task<WorkflowDefinition?> FirstAsync(
        Func<IQueryable<DefinitionRow>, IQueryable<DefinitionRow>> choose, CancellationToken cancellationToken)
    {
        await using var context = await _database.OpenAsync(cancellationToken);
        var row = await choose(context.Set<DefinitionRow>()).FirstOrDefaultAsync(cancellationToken);
        return row is null ? null : DefinitionRows.Read(row);
    }

    private static IReadOnlyList<DefinitionFault> Check(IReadOnlyList<DefinitionFault> faults) =>
        faults.Any(fault => fault.Severity == DefinitionSeverity.Error) ? throw new DefinitionInvalidException(faults) : faults;
}
