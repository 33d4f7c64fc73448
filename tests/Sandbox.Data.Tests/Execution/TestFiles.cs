using Sandbox.Core.Components;

namespace Sandbox.Data.Tests.Execution;

/// <summary>A directory of its own for a test; paths are relative to it.</summary>
internal sealed class TestFiles : IJobFiles, IDisposable
{
    private readonly string _scratch;

    public TestFiles()
    {
        Root = Directory.CreateTempSubdirectory("sandbox-data-").FullName;
        _scratch = Directory.CreateDirectory(Path.Combine(Root, ".scratch")).FullName;
    }

    public string Root { get; }

    public string ResolveRead(string path) => Path.GetFullPath(Path.Combine(Root, path));

    public string ResolveWrite(string path)
    {
        var full = ResolveRead(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    public string FullPath(string path) => ResolveRead(path);

    public string Scratch(string name) => Path.Combine(_scratch, name);

    public string Write(string path, string text)
    {
        File.WriteAllText(ResolveWrite(path), text);
        return path;
    }

    public string[] Lines(string path) => File.ReadAllLines(ResolveRead(path));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
