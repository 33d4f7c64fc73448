using System.Collections.Concurrent;

namespace Sandbox.Workflows.Files;

/// <summary>Hashes of files, kept as long as a file has the same size and time: a large data set that every job reads is
/// hashed once, and what a job wrote not again when the next one reads it.</summary>
internal sealed class FileHashes
{
    /// <summary>The mark of what is there and cannot be read: it equals nothing, not even itself.</summary>
    public const string Unreadable = "?";

    private const int MaxEntries = 100_000;
    private readonly ConcurrentDictionary<string, (long Bytes, DateTime Time, string Sha256)> _known = new(StringComparer.Ordinal);

    /// <summary>As <see cref="FileHash.OfAsync(string, CancellationToken)"/>; <see cref="Unreadable"/> for what cannot be read.</summary>
    public async Task<string> OfAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await FileHash.OfAsync(path, OfFileAsync, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable;
        }
    }

    /// <summary>The hash of a file that is there.</summary>
    public async Task<string> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        var (bytes, time) = (file.Length, file.LastWriteTimeUtc);
        if (_known.TryGetValue(path, out var known) && known.Bytes == bytes && known.Time == time)
        {
            return known.Sha256;
        }

        var sha256 = await FileHash.OfFileAsync(path, cancellationToken);
        if (_known.Count >= MaxEntries)
        {
            _known.Clear();
        }

        _known[path] = (bytes, time, sha256);
        return sha256;
    }
}
