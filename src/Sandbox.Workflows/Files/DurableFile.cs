namespace Sandbox.Workflows.Files;

/// <summary>Files that are on the disk before anybody is told of them.</summary>
internal static class DurableFile
{
    /// <summary>Brings a file's content to the disk; one that may not be written is left to the system.</summary>
    public static void Flush(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            stream.Flush(flushToDisk: true);
        }
        catch (UnauthorizedAccessException)
        {
            // A job may make its results read-only; their content is written back in time all the same.
        }
    }
}
