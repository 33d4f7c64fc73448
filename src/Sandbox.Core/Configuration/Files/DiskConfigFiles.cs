using Sandbox.Core.Configuration.Yaml;

namespace Sandbox.Core.Configuration.Files;

/// <summary>Files on disk.</summary>
/// <param name="currentDirectory">What relative paths mean.</param>
public sealed class DiskConfigFiles(string currentDirectory) : IConfigFiles
{
    private readonly string _root = Path.GetFullPath(currentDirectory);

    /// <inheritdoc />
    public string FullPath(string path)
    {
        // The one character that no path may hold, and that a config may.
        var clean = path.Replace('\0', '\uFFFD');
        return clean.Length == 0 ? _root : Path.GetFullPath(clean, _root);
    }

    /// <inheritdoc />
    public byte[]? Read(string path)
    {
        var full = FullPath(path);
        if (Directory.Exists(full))
        {
            throw new IOException("it is a directory");
        }

        if (!File.Exists(full))
        {
            return null;
        }

        try
        {
            using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            var buffer = new byte[81920];
            for (int read; content.Length <= ConfigParser.MaxBytes && (read = stream.Read(buffer)) > 0;)
            {
                content.Write(buffer, 0, read);
            }

            return content.ToArray();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException("reading it is not permitted", e);
        }
    }

    /// <inheritdoc />
    public bool Exists(string path) => Path.Exists(FullPath(path));
}
