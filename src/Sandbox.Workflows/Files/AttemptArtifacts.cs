using Sandbox.Core.Files;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Files;

/// <summary>Makes rows of what an attempt wrote: a row a file. What was named to be written and never came to exist is
/// none.</summary>
internal sealed class AttemptArtifacts(SandboxHome home, FileHashes hashes)
{
    public async Task<IReadOnlyList<ArtifactRow>> OfAsync(
        IEnumerable<AttemptWrite> writes, JobRecordRow record, CancellationToken cancellationToken)
    {
        // A job may name a directory and a file in it.
        var rows = new SortedDictionary<string, ArtifactRow>(StringComparer.Ordinal);
        foreach (var write in writes)
        {
            foreach (var file in Files(write.CopyPath))
            {
                var below = Path.GetRelativePath(write.CopyPath, file);
                var full = below == "." ? write.FullPath : Path.Combine(write.FullPath, below);
                if (!rows.ContainsKey(full))
                {
                    rows[full] = await RowAsync(file, below == "." ? write.Path : Path.Combine(write.Path, below), full, record, cancellationToken);
                }
            }
        }

        return [.. rows.Values];
    }

    private async Task<ArtifactRow> RowAsync(
        string file, string path, string full, JobRecordRow record, CancellationToken cancellationToken)
    {
        DurableFile.Flush(file);
        return new ArtifactRow
        {
            RunId = record.RunId,
            JobId = record.JobId,
            Path = path,
            FullPath = full,
            CopyPath = Path.GetRelativePath(home.RunDirectory(record.RunId), file),
            Iteration = record.Iteration,
            Bytes = new FileInfo(file).Length,
            Sha256 = await hashes.OfFileAsync(file, cancellationToken),
        };
    }

    private static IReadOnlyList<string> Files(string path) =>
        File.Exists(path) ? [path]
        : Directory.Exists(path) ? [.. FileTree.Of(path).Where(f => !f.EndsWith(WholeFile.PartialSuffix, StringComparison.Ordinal))]
        : [];
}
