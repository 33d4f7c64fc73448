namespace Sandbox.Core.Components;

/// <summary>Files for work outside a run: every configured path means itself.</summary>
/// <param name="currentDirectory">What relative paths are relative to; a full path.</param>
/// <param name="scratchDirectory">Where scratch files go; made when first needed.</param>
public sealed class DirectFiles(string currentDirectory, string scratchDirectory) : IJobFiles
{
    /// <inheritdoc />
    public string ResolveRead(string path) => FullPath(path);

    /// <inheritdoc />
    public string ResolveWrite(string path) => WithDirectory(FullPath(path));

    /// <inheritdoc />
    public string FullPath(string path) => Path.GetFullPath(path, currentDirectory);

    /// <inheritdoc />
    public string Scratch(string name) => WithDirectory(Path.GetFullPath(name, scratchDirectory));

    private static string WithDirectory(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
