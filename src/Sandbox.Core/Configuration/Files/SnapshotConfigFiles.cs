using System.Text;

namespace Sandbox.Core.Configuration.Files;

/// <summary>Config files as they were when a config was read; data paths are looked for where they are now.</summary>
/// <param name="snapshot">The files, the sandbox YAML among them.</param>
/// <param name="disk">Tells full paths and whether data exists.</param>
public sealed class SnapshotConfigFiles(IEnumerable<ReferencedFile> snapshot, IConfigFiles disk) : IConfigFiles
{
    private readonly Dictionary<string, ReferencedFile> _files = snapshot
        .DistinctBy(f => disk.FullPath(f.Path), StringComparer.Ordinal)
        .ToDictionary(f => disk.FullPath(f.Path), StringComparer.Ordinal);

    /// <inheritdoc />
    public string FullPath(string path) => disk.FullPath(path);

    /// <inheritdoc />
    public byte[]? Read(string path) =>
        _files.TryGetValue(disk.FullPath(path), out var file) ? Encoding.UTF8.GetBytes(file.Content) : null;

    /// <inheritdoc />
    public bool Exists(string path) => disk.Exists(path);
}
