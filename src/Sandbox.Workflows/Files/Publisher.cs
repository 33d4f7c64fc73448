using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Files;

/// <summary>
/// Brings what the winning attempts wrote to the paths that the config names. File by file, to a temporary name beside the
/// target, then a rename; so a reader sees the old file or the new one. Doing it again after a crash gives the same. Files
/// are copied, so that whoever edits a published file does not edit the run's own; only large ones are linked.
/// </summary>
internal sealed class Publisher(IDbContextFactory<RunsDbContext> contexts, SandboxHome home)
{
    /// <summary>Bytes from which on a file is linked: a copy would take noticeable time and room.</summary>
    public const long LinkedFrom = 64L << 20;

    // Jobs of parallel branches may find the same files pending after a crash.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>Publishes all that is recorded and not yet published, in the order in which it was recorded.</summary>
    /// <exception cref="JobFailedException">A target cannot be written.</exception>
    public async Task PublishPendingAsync(string runId, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(runId, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var pending = await db.Artifacts.Where(a => a.RunId == runId && !a.Published)
                .OrderBy(a => a.Sequence).ToListAsync(cancellationToken);
            var run = pending.Count == 0 ? null : await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == runId, cancellationToken);
            foreach (var artifact in pending)
            {
                cancellationToken.ThrowIfCancellationRequested();
                PublishOne(Path.Combine(home.RunDirectory(runId), artifact.CopyPath), artifact, Target(run, artifact.FullPath));
                artifact.Published = true;
            }

            await db.SaveChangesAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Where a file is published: under the path that the config names, of a trial below the trial's own root.</summary>
    public static string Target(RunRow? run, string fullPath)
    {
        if (run?.OutputRoot is not { } root)
        {
            return fullPath;
        }

        var below = Path.GetRelativePath(run.CurrentDirectory, fullPath);
        return Path.Combine(root, below.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(below)
            ? Path.Combine("outside", fullPath[Path.GetPathRoot(fullPath)!.Length..])
            : below);
    }

    private static void PublishOne(string copy, ArtifactRow artifact, string target)
    {
        if (!File.Exists(copy))
        {
            throw new JobFailedException($"The run's copy of {artifact.Path} ({copy}) is gone, so it cannot be published. Start a new run.");
        }

        try
        {
            var directory = Path.GetDirectoryName(target)!;
            Directory.CreateDirectory(directory);
            var temporary = Path.Combine(directory, FormattableString.Invariant($".{artifact.RunId}-{artifact.Sequence}.tmp"));
            try
            {
                Bring(copy, temporary);
                File.Move(temporary, target, overwrite: true);
            }
            finally
            {
                // Also after success: renaming a link onto another link of the same file does nothing and leaves the first.
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException(
                $"The result is safe in {copy} but could not be published as {target}: {FileFault.Reason(e)}. " +
                "Make room there or make the path writable, then resume the run.", e);
        }
    }

    private static void Bring(string copy, string temporary)
    {
        File.Delete(temporary);

        // A link to a link would mean something else in another directory.
        var file = new FileInfo(copy);
        var source = file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? copy;
        if (new FileInfo(source).Length >= LinkedFrom && HardLink.TryCreate(source, temporary))
        {
            return;
        }

        File.Copy(source, temporary);
        DurableFile.Flush(temporary);
    }
}
