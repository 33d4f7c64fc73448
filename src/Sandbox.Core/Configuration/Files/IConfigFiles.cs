namespace Sandbox.Core.Configuration.Files;

/// <summary>Where the loader finds the files of a config. Relative paths mean one directory, the current one of the run,
/// as with upstream.</summary>
public interface IConfigFiles
{
    /// <summary>The path made absolute and free of <c>.</c> and <c>..</c>.</summary>
    string FullPath(string path);

    /// <summary>The bytes of a config file, or null where there is none.</summary>
    /// <exception cref="IOException">It cannot be read; the message says why.</exception>
    byte[]? Read(string path);

    /// <summary>Whether a data path is a file or a directory.</summary>
    bool Exists(string path);
}
