using System.Text;

namespace Sandbox.Core.Files;

/// <summary>Writes a file so that a reader, and a process that dies in the middle, leaves the old one or the new one whole:
/// under a temporary name beside it, flushed to the disk, then renamed. Directories on the way are made.</summary>
public static class WholeFile
{
    /// <summary>How the names of files end that are still being written.</summary>
    public const string PartialSuffix = ".partial";

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    public static Task WriteTextAsync(string path, string text, CancellationToken cancellationToken) =>
        WriteAsync(path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask());

    /// <summary>Writes what is put into a stream.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var full = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}{PartialSuffix}");
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
