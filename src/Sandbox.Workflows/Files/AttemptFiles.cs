using System.Collections.Concurrent;
using Sandbox.Core.Components;
using Sandbox.Core.Iteration;

namespace Sandbox.Workflows.Files;

/// <summary>
/// The files of one attempt: what it writes lies in a directory of its own, laid out like the paths in the config; what
/// it reads is the copy that this run wrote before, if it did, else the path itself.
/// </summary>
internal sealed class AttemptFiles(
    string attemptDirectory, string lastingDirectory, string currentDirectory, int iteration, IArtifactIndex artifacts, ContextPaths contextPaths)
    : IJobFiles
{
    private readonly ConcurrentDictionary<string, AttemptWrite> _writes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _reads = new(StringComparer.Ordinal);

    /// <summary>What was written, by full path.</summary>
    public IReadOnlyCollection<AttemptWrite> Writes => [.. _writes.Values.OrderBy(w => w.FullPath, StringComparer.Ordinal)];

    /// <summary>What was read: full path as configured, and the file behind it.</summary>
    public IReadOnlyDictionary<string, string> Reads => _reads;

    public string FullPath(string path) => Path.GetFullPath(path, currentDirectory);

    public string ResolveRead(string path)
    {
        var full = FullPath(path);
        if (OwnCopy(full) is { } own)
        {
            return own;
        }

        return _reads.GetOrAdd(full, key => FindCopy(path, key) ?? key);
    }

    /// <summary>As <see cref="ResolveRead"/>, for what does not count as read by the job.</summary>
    public string Locate(string path)
    {
        var full = FullPath(path);
        return OwnCopy(full) ?? FindCopy(path, full) ?? full;
    }

    public string ResolveWrite(string path)
    {
        var full = FullPath(path);
        var write = _writes.GetOrAdd(full, key => new AttemptWrite(path, key, Path.Combine(attemptDirectory, "files", Layout(key))));
        Directory.CreateDirectory(Path.GetDirectoryName(write.CopyPath)!);
        return write.CopyPath;
    }

    public string Scratch(string name)
    {
        var path = Path.Combine(attemptDirectory, "scratch", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    public string Lasting(string name)
    {
        var path = Path.Combine(lastingDirectory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    // A value taken from the context infos means the copy of the job that recorded it; a literal, with or without
    // iter_N, means the latest copy before.
    private string? FindCopy(string path, string full)
    {
        var producer = contextPaths.ProducerOf(full);
        var found = (producer is null ? null : artifacts.Find(full, full, producer))
            ?? artifacts.Find(full, FullPath(IterationPaths.AddIteration(path, iteration)), jobId: null);
        return found is null ? null : found.Path ?? Merge(full, found.Files);
    }

    private string? OwnCopy(string full)
    {
        for (var part = full; part is not null; part = Path.GetDirectoryName(part))
        {
            if (_writes.TryGetValue(part, out var own))
            {
                return own.CopyPath + full[part.Length..];
            }
        }

        return null;
    }

    // Several jobs wrote into one directory: a view of it with the newest copy of each file.
    private string Merge(string full, IReadOnlyDictionary<string, string> copies)
    {
        var view = Path.Combine(attemptDirectory, "merged", Layout(full));
        if (Directory.Exists(view))
        {
            Directory.Delete(view, recursive: true);
        }

        foreach (var (below, copy) in copies)
        {
            var target = Path.Combine(view, below);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!HardLink.TryCreate(copy, target))
            {
                File.Copy(copy, target);
            }
        }

        return view;
    }

    private string Layout(string full)
    {
        var relative = Path.GetRelativePath(currentDirectory, full);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Path.Combine("root", full[Path.GetPathRoot(full)!.Length..])
            : Path.Combine("here", relative);
    }
}

/// <summary>A file that an attempt wrote.</summary>
/// <param name="Path">The path as the config names it.</param>
/// <param name="FullPath">The full path under which it will be published.</param>
/// <param name="CopyPath">Where it lies.</param>
internal sealed record AttemptWrite(string Path, string FullPath, string CopyPath);

/// <summary>The paths that <c>input</c> took from the context infos, and the jobs that recorded them.</summary>
internal sealed class ContextPaths
{
    private readonly Dictionary<string, string> _producers = new(StringComparer.Ordinal);

    /// <summary>Notes that a full path came from a job.</summary>
    public void Add(string fullPath, string jobId) => _producers[fullPath] = jobId;

    /// <summary>The job that recorded the full path or a directory above it, or null for a literal.</summary>
    public string? ProducerOf(string fullPath)
    {
        for (var part = fullPath; !string.IsNullOrEmpty(part); part = Path.GetDirectoryName(part))
        {
            if (_producers.TryGetValue(part, out var jobId))
            {
                return jobId;
            }
        }

        return null;
    }
}

/// <summary>Finds the copies that a run keeps of what its jobs wrote.</summary>
internal interface IArtifactIndex
{
    /// <summary>The newest copy, file or directory, of a path; null where the run wrote none.</summary>
    /// <param name="fullPath">The full path as configured.</param>
    /// <param name="iterationPath">The full path with this iteration's directory, which means the same.</param>
    /// <param name="jobId">Only what this job wrote, or null for any.</param>
    FoundCopy? Find(string fullPath, string iterationPath, string? jobId);
}

/// <summary>Where the copy of a path lies.</summary>
/// <param name="Path">The file or directory; null for a directory that several jobs wrote into.</param>
/// <param name="Files">The files of such a directory: path below it, and copy.</param>
internal sealed record FoundCopy(string? Path, IReadOnlyDictionary<string, string> Files);
