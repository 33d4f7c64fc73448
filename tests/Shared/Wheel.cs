using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Testing;

/// <summary>Builds a wheel with one module, so that pip needs no index.</summary>
internal static class Wheel
{
    /// <summary>Writes <c>NAME-VERSION-py3-none-any.whl</c> into a directory.</summary>
    public static void Write(string directory, string name, string version, string module)
    {
        Directory.CreateDirectory(directory);
        var info = $"{name}-{version}.dist-info";
        var files = new List<(string Path, string Text)>
        {
            ($"{name}.py", module),
            ($"{info}/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"),
            ($"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        };
        var record = string.Concat(files.Select(f => $"{f.Path},sha256={Hash(f.Text)},{Encoding.UTF8.GetByteCount(f.Text)}\n")) + $"{info}/RECORD,,\n";
        using var zip = ZipFile.Open(Path.Combine(directory, $"{name}-{version}-py3-none-any.whl"), ZipArchiveMode.Create);
        foreach (var (path, text) in files.Append(($"{info}/RECORD", record)))
        {
            using var entry = new StreamWriter(zip.CreateEntry(path).Open());
            entry.Write(text);
        }
    }

    private static string Hash(string text) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
