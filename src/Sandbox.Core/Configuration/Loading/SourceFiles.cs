using System.Security.Cryptography;
using System.Text;
using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>The config files of one load; each is read once.</summary>
internal sealed class SourceFiles(IConfigFiles files, Findings findings)
{
    private readonly Dictionary<string, ConfigNode?> _trees = new(StringComparer.Ordinal);
    private readonly List<ReferencedFile> _read = [];

    /// <summary>The files that were read, in that order.</summary>
    public IReadOnlyList<ReferencedFile> Read => _read;

    /// <summary>Whether a path has an ending that upstream reads as a config.</summary>
    public static bool IsConfigPath(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal)
        || path.EndsWith(".yml", StringComparison.Ordinal)
        || path.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>Reads and parses a file, and reports all that is wrong with it.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="referredAt">Where the path stands; null for the sandbox YAML itself.</param>
    /// <param name="noun">What the file is, as in <c>recipe</c>.</param>
    public ConfigNode? Load(string path, SourceLocation? referredAt, string noun)
    {
        if (_trees.TryGetValue(path, out var known))
        {
            return known ?? Missing(path, referredAt, noun);
        }

        var bytes = Bytes(path, referredAt, noun);
        if (bytes is null)
        {
            return null;
        }

        findings.RegisterFile(path);
        _read.Add(new ReferencedFile(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), Encoding.UTF8.GetString(bytes)));
        return _trees[path] = ConfigParser.Parse(bytes, path, findings);
    }

    private byte[]? Bytes(string path, SourceLocation? referredAt, string noun)
    {
        try
        {
            var bytes = files.Read(path);
            if (bytes is null)
            {
                Missing(path, referredAt, noun);
            }

            return bytes;
        }
        catch (IOException e)
        {
            findings.Error(
                referredAt ?? new SourceLocation(path, 0, 0), $"the {noun} \"{path}\" cannot be read: {e.Message}.");
            return null;
        }
    }

    private ConfigNode? Missing(string path, SourceLocation? referredAt, string noun)
    {
        // A file that was read and is malformed has its own faults already.
        if (!_trees.ContainsKey(path))
        {
            findings.Error(
                referredAt ?? new SourceLocation(path, 0, 0),
                $"the {noun} \"{path}\" does not exist (looked for {files.FullPath(path)}): mend the path, or run in the directory that it starts from.");
        }

        return null;
    }
}
