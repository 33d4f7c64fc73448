using System.IO.Enumeration;
using Sandbox.Core.Faults;

namespace Sandbox.Data.Datasets;

/// <summary>Finds the files of a data set.</summary>
internal static class DatasetFiles
{
    /// <summary>The files behind the paths of a recipe, in their order; those of a glob in ordinal order, those
    /// of a directory as the file system lists them and suffix by suffix, as upstream reads them.</summary>
    /// <param name="paths">Paths as written.</param>
    /// <param name="resolve">Gives the file or directory to read for a path as written.</param>
    /// <param name="suffixes">Suffixes to read from directories; empty for all known formats.</param>
    /// <exception cref="JobFailedException">A path leads nowhere or to an unknown format.</exception>
    public static IReadOnlyList<DatasetFile> Find(
        IReadOnlyList<string> paths, Func<string, string> resolve, IReadOnlyList<string>? suffixes = null)
    {
        var files = paths.SelectMany(path => FindOne(path, resolve(path), suffixes ?? [])).ToList();
        return files.Count > 0 ? files : throw new JobFailedException("dataset_path names no data set.");
    }

    private static IReadOnlyList<DatasetFile> FindOne(string name, string path, IReadOnlyList<string> suffixes)
    {
        if (File.Exists(path))
        {
            return [DatasetFile.Of(name, path) ?? throw Unknown(name)];
        }

        if (Directory.Exists(path))
        {
            var all = Known(name, path, Below(path), suffixes);
            return [.. all.GroupBy(f => f.Suffix, StringComparer.Ordinal).SelectMany(g => g)];
        }

        var pattern = Path.GetFileName(path);
        var directory = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        if (pattern.AsSpan().IndexOfAny('*', '?') >= 0 && Directory.Exists(directory))
        {
            var matching = Directory.EnumerateFiles(directory)
                .Where(file => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(file), ignoreCase: false))
                .Order(StringComparer.Ordinal);
            return Known(Path.GetDirectoryName(name) ?? ".", directory, matching, suffixes);
        }

        throw new JobFailedException($"data set \"{name}\" does not exist: check dataset_path.");
    }

    private static IEnumerable<string> Below(string directory) =>
        Directory.EnumerateFiles(directory).Concat(Directory.EnumerateDirectories(directory).SelectMany(Below));

    private static List<DatasetFile> Known(string name, string directory, IEnumerable<string> paths, IReadOnlyList<string> suffixes)
    {
        var files = paths
            .Select(file => DatasetFile.Of(Path.Combine(name, Path.GetRelativePath(directory, file)), file))
            .OfType<DatasetFile>()
            .Where(file => suffixes.Count == 0 || suffixes.Any(s => s.TrimStart('.').Equals(file.Suffix[1..], StringComparison.OrdinalIgnoreCase)))
            .ToList();
        return files.Count > 0
            ? files
            : throw new JobFailedException($"\"{name}\" holds no file that can be read ({DatasetFile.Known}).");
    }

    private static JobFailedException Unknown(string name) => new(
        $"data set \"{name}\" has a format that the embedded engine does not read; it reads {DatasetFile.Known}.");
}
