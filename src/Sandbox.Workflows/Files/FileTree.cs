using System.IO.Enumeration;

namespace Sandbox.Workflows.Files;

/// <summary>The files below a directory, in ordinal order of their paths. Linked files are among them; linked directories
/// are not entered, since a link may lead out of the directory or around in a circle.</summary>
internal static class FileTree
{
    public static IReadOnlyList<string> Of(string directory)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        var files = new FileSystemEnumerable<string>(directory, (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return [.. files.Order(StringComparer.Ordinal)];
    }
}
