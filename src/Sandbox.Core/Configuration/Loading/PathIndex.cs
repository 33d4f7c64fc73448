using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Iteration;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>What the jobs so far write. Look-ups take no longer when there are many: every directory above a written path
/// is kept beside it.</summary>
internal sealed class PathIndex(IConfigFiles files)
{
    /// <summary>Longer paths exist on no file system.</summary>
    public const int MaxLength = 4096;

    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly HashSet<string> _above = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);

    public void Write(string path)
    {
        var key = Key(path);
        if (!_written.Add(key))
        {
            return;
        }

        for (var parent = Parent(key); parent.Length > 0 && _above.Add(parent); parent = Parent(parent))
        {
        }

        // Data-Juicer writes more beside an export: result_stats.jsonl, result-00-of-05.jsonl, analysis/, trace/.
        if (IterationPaths.LooksLikeFile(key))
        {
            var directory = Parent(key);
            var name = key[(directory.Length + 1)..];
            _stems.Add($"{directory}/{name[..name.IndexOf('.', StringComparison.Ordinal)]}");
            _written.Add(directory + "/analysis");
            _written.Add(directory + "/trace");
        }
    }

    /// <summary>Whether a job so far writes the path: the path itself, with or without <c>iter_N</c>, something in it, or
    /// the directory that it is in.</summary>
    public bool Covers(string path)
    {
        var key = Key(path);
        if (_written.Contains(key) || _above.Contains(key))
        {
            return true;
        }

        for (var parent = Parent(key); parent.Length > 0; parent = Parent(parent))
        {
            if (_written.Contains(parent))
            {
                return true;
            }
        }

        return IsBesideExport(key);
    }

    private bool IsBesideExport(string key)
    {
        for (var i = key.LastIndexOf('/') + 2; i < key.Length; i++)
        {
            if (key[i] is '_' or '-' && _stems.Contains(key[..i]))
            {
                return true;
            }
        }

        return false;
    }

    private string Key(string path) => IterationPaths.RemoveIterations(files.FullPath(path)).TrimEnd('/');

    private static string Parent(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
