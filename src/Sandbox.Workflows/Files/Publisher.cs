using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Files;

/// <summary>
/// Brings what the winning attempts wrote to the paths that the config names. File by file: a hard link, or a copy where
/// the file systems differ, to a temporary name beside the target, then a rename; so a reader sees the old file or the
/// new one. Doing it again after a crash gives the same.
/// </summary>
internal sealed class Publisher(IDbContextFactory<RunsDbContext> contexts, SandboxHome home)
{
    /// <summary>Publishes all that is recorded and not yet published, in the order in which it was recorded.</summary>
    /// <exception cref="JobFailedException">A target cannot be written.</exception>
    public async Task PublishPendingAsync(string runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = await db.Artifacts.Where(a => a.RunId == runId && !a.Published)
            .OrderBy(a => a.Sequence).ToListAsync(cancellationToken);
        if (pending.Count == 0)
        {
            return;
        }

        foreach (var artifact in pending)
        {
            var marker = FormattableString.Invariant($"{runId}-{artifact.Sequence}");
            PublishOne(Path.Combine(home.RunDirectory(runId), artifact.CopyPath), artifact.FullPath, marker);
            artifact.Published = true;
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static void PublishOne(string copy, string target, string marker)
    {
        var temporary = $"{target}.{marker}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Delete(temporary);
            if (!HardLink.TryCreate(copy, temporary))
            {
                File.Copy(copy, temporary);
            }

            File.Move(temporary, target, overwrite: true);

            // Renaming a link onto another link of the same file does nothing and leaves the first.
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            throw new JobFailedException(
                $"The result is safe in {copy} but could not be published as {target}: {FileFault.Reason(e)}. " +
                "Make room there or make the path writable, then resume the run.", e);
        }
    }

    // Half a copy on a full disk takes room from whoever mends it.
    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A read-only target: then there is no half copy either.
        }
    }
}
