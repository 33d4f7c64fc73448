using System.Security.Cryptography;

namespace Sandbox.Workflows.Files;

/// <summary>SHA-256 of a file's bytes, lower-case hex; of a directory, that of its files' names and hashes.</summary>
internal static class FileHash
{
    /// <summary>Gives an empty text where nothing stands at the path.</summary>
    public static Task<string> OfAsync(string path, CancellationToken cancellationToken) => OfAsync(path, OfFileAsync, cancellationToken);

    /// <summary>Of a file or directory, with the hashes of files from elsewhere.</summary>
    public static async Task<string> OfAsync(
        string path, Func<string, CancellationToken, Task<string>> ofFile, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            return await ofFile(path, cancellationToken);
        }

        if (!Directory.Exists(path))
        {
            return string.Empty;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in FileTree.Of(path))
        {
            var line = $"{Path.GetRelativePath(path, file)}\n{await ofFile(file, cancellationToken)}\n";
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(line));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Of a file that is there.</summary>
    public static async Task<string> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>Of text, as UTF-8.</summary>
    public static string OfText(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
