using System.Text.Json.Nodes;

namespace Sandbox.Tracking.Sinks;

/// <summary>A file that grows by a batch at a time. Its length is part of the sink's state: what a crash left behind it is cut
/// off, so that no row comes twice and none is half.</summary>
internal static class AppendedFile
{
    private const string Length = "length";

    /// <summary>Appends and flushes to the disk; an empty file gets its beginning first.</summary>
    public static JsonObject Append(string path, JsonObject state, Action<Stream> begin, Action<Stream> append)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(Math.Min(file.Length, state[Length]?.GetValue<long>() ?? 0));
        file.Seek(0, SeekOrigin.End);
        if (file.Length == 0)
        {
            begin(file);
        }

        append(file);
        file.Flush(flushToDisk: true);
        var next = state.DeepClone().AsObject();
        next[Length] = file.Length;
        return next;
    }
}
