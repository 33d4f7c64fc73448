namespace Sandbox.Components.Programs.Outputs;

/// <summary>What lay where a program may write, before it ran: what is unchanged afterwards is none of its output.</summary>
internal static class FileStamps
{
    /// <summary>The stamps of files, by full path.</summary>
    public static Dictionary<string, string> Of(IEnumerable<string> files) => files
        .Distinct(StringComparer.Ordinal)
        .Select(f => (Path: f, Stamp: Stamp(f)))
        .Where(f => f.Stamp is not null)
        .ToDictionary(f => f.Path, f => f.Stamp!, StringComparer.Ordinal);

    /// <summary>Size and time of the last change; null where there is no file.</summary>
    public static string? Stamp(string file)
    {
        var info = new FileInfo(file);
        return info.Exists ? FormattableString.Invariant($"{info.Length}:{info.LastWriteTimeUtc.Ticks}") : null;
    }
}
