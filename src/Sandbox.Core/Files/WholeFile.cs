using System.Text;

namespace Sandbox.Core.Files;

/// <summary>Writes a file so that a reader, and a process that dies in the middle, leaves the old one or the new one whole:
/// under a temporary name beside it, flushed to the disk, then renamed. Directories on the way are made.</summary>
public static class WholeFile
{
    /// <summary>How the names of files end that are still being written.</summary>
    public const string PartialSuffix = ".partial";

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="writer">The one who alone writes under this name, and who will write again if it is killed in the
    /// middle: then nothing partial stays beside the file. Without it every call has a name of its own.</param>
    public static Task WriteTextAsync(string path, string text, CancellationToken cancellationToken, string? writer = null) =>
        WriteAsync(path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask(), writer);

    /// <summary>Writes what is put into a stream.</summary>
    public static async Task WriteAsync(string path, Func<Stream, Task> write, string? writer = null)
    {
        var full = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, $".{Path.GetFileName(full)}.{writer ?? Path.GetRandomFileName()}{PartialSuffix}");
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
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
