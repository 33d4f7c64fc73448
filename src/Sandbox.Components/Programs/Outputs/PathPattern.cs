using System.IO.Enumeration;

namespace Sandbox.Components.Programs.Outputs;

/// <summary>Finds files by a pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> for any directories.</summary>
internal static class PathPattern
{
    /// <summary>The files that match, relative to the root, in ordinal order. Links to directories are not followed.</summary>
    public static IReadOnlyList<string> Match(string root, string pattern)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").ToArray();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Walk(new DirectoryInfo(root), string.Empty, parts, found);
        return [.. found];
    }

    private static void Walk(DirectoryInfo directory, string below, ReadOnlySpan<string> parts, SortedSet<string> found)
    {
        if (parts.IsEmpty || !directory.Exists)
        {
            return;
        }

        var part = parts[0];
        var rest = parts[1..];
        if (part == "**")
        {
            Walk(directory, below, rest.IsEmpty ? ["*"] : rest, found);
        }

        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            var path = below.Length == 0 ? entry.Name : $"{below}/{entry.Name}";
            var matches = part == "**" || FileSystemName.MatchesSimpleExpression(part, entry.Name, ignoreCase: false);
            switch (entry)
            {
                case DirectoryInfo inner when matches && inner.LinkTarget is null:
                    Walk(inner, path, part == "**" ? parts : rest, found);
                    break;
                case FileInfo when matches && part != "**" && rest.IsEmpty:
                    found.Add(path);
                    break;
            }
        }
    }
}
