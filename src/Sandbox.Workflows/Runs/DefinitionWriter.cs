using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Configuration;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;
using Sandbox.Workflows.Checking;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Definitions;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Runs;

/// <summary>The version of a definition that a config stands for.</summary>
/// <param name="Definition">The version.</param>
/// <param name="EditedSince">Number of a newer version that somebody made in Studio; null where there is none.</param>
public sealed record WrittenDefinition(WorkflowDefinition Definition, int? EditedSince);

/// <summary>Stores what the compiler makes of a config: a new version only where it differs from the last one that the
/// compiler wrote itself. A version made in Studio since stays the latest: the YAML's own stands beside it.</summary>
internal sealed class DefinitionWriter(DefinitionStore store)
{
    public async Task<WrittenDefinition> WriteAsync(CheckedConfig compiled, CancellationToken cancellationToken)
    {
        var definition = DefinitionJson.Read(compiled.Definition!);
        var last = await store.FindLastWrittenByAsync(definition.DefinitionId, ActivityNames.Compiler, cancellationToken);
        if (last is null || ContentHash.Compute(last) != ContentHash.Compute(DefinitionJson.AssignIds(definition)))
        {
            last = await SaveAsync(definition, compiled.Config!, cancellationToken);
        }

        var latest = await store.FindAsync(definition.DefinitionId, VersionOptions.Latest, cancellationToken);
        var isEdited = latest is not null && latest.Id != last.Id && latest.Writer != ActivityNames.Compiler;
        return new WrittenDefinition(last, isEdited ? latest!.Version : null);
    }

    private async Task<WorkflowDefinition> SaveAsync(
        WorkflowDefinition definition, SandboxConfig config, CancellationToken cancellationToken)
    {
        try
        {
            var saved = await store.SaveAsync(
                new SaveDefinition(definition)
                {
                    Publish = true,
                    Writer = ActivityNames.Compiler,
                    YieldsToEdits = true,
                    CommitWork = [new SnapshotsCommit(config.Files)],
                },
                cancellationToken);
            return saved.Definition;
        }
        catch (DefinitionInvalidException e)
        {
            throw DefinitionFaults.In(config.Path, e);
        }
    }
}

/// <summary>Keeps the files that a config refers to, each content once.</summary>
internal sealed class SnapshotsCommit(IReadOnlyList<ReferencedFile> files) : ICommitWork
{
    public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
    {
        await using var db = RunsDatabase.In(scope);
        var hashes = files.Select(f => f.Sha256).ToList();
        var known = await db.FileSnapshots.Where(s => hashes.Contains(s.Sha256)).Select(s => s.Sha256).ToListAsync(cancellationToken);
        db.AddRange(files.DistinctBy(f => f.Sha256).Where(f => !known.Contains(f.Sha256, StringComparer.Ordinal))
            .Select(f => new FileSnapshotRow { Sha256 = f.Sha256, Content = f.Content }));
        await db.SaveChangesAsync(cancellationToken);
    }
}
