namespace Sandbox.Core.Iteration;

/// <summary>Upstream's <c>iter_N</c> sub-directories of export paths (its functions <c>guess_file_or_dir</c> and
/// <c>add_iter_subdir_to_paths</c>), with its way of joining paths.</summary>
public static class IterationPaths
{
    /// <summary><c>dir/iter_N/name.jsonl</c> for a file, <c>dir/iter_N</c> for a directory.</summary>
    /// <param name="path">The path as configured.</param>
    /// <param name="iteration">The iteration, from 1.</param>
    public static string AddIteration(string path, int iteration)
    {
        var folder = FormattableString.Invariant($"iter_{iteration}");
        if (!LooksLikeFile(path))
        {
            return Join(path, folder);
        }

        var slash = path.LastIndexOf('/');
        var head = path[..(slash + 1)];
        var trimmed = head.TrimEnd('/');
        return Join(Join(trimmed.Length == 0 ? head : trimmed, folder), path[(slash + 1)..]);
    }

    /// <summary>Whether a path is taken for a file: its last name has a dot that is not the first character.</summary>
    public static bool LooksLikeFile(string path)
    {
        var clean = path.TrimEnd('/', '\\');
        var name = clean[(clean.LastIndexOf('/') + 1)..];
        return name.Contains('.', StringComparison.Ordinal) && name[0] != '.';
    }

    /// <summary>The path without its <c>iter_N</c> directories: all copies of one configured path have it in common.</summary>
    public static string RemoveIterations(string path) =>
        path.Contains("iter_", StringComparison.Ordinal)
            ? string.Join('/', path.Split('/').Where(part => !IsIterationFolder(part)))
            : path;

    private static bool IsIterationFolder(string part) =>
        part.Length > 5 && part.StartsWith("iter_", StringComparison.Ordinal) && part.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string Join(string head, string tail) =>
        head.Length == 0 || head[^1] == '/' ? head + tail : $"{head}/{tail}";
}
