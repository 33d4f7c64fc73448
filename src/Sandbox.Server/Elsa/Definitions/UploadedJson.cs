using System.IO.Compression;
using System.Runtime.CompilerServices;
using Sandbox.Server.Http;

namespace Sandbox.Server.Elsa.Definitions;

/// <summary>The JSON files of an upload: each file itself, or what a zip holds. A zip that unpacks to more than an upload may
/// hold is refused.</summary>
internal static class UploadedJson
{
    private const long MostUnpacked = 64 * 1024 * 1024;

    public static async IAsyncEnumerable<(string Name, byte[] Bytes)> ReadAsync(
        HttpRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            throw new ProblemException(415, "Files are sent as multipart/form-data.");
        }

        foreach (var file in (await FormAsync(request, cancellationToken)).Files)
        {
            using var buffer = new MemoryStream();
            await file.CopyToAsync(buffer, cancellationToken);
            if (IsZip(buffer))
            {
                foreach (var entry in Unpack(file.FileName, buffer))
                {
                    yield return entry;
                }
            }
            else
            {
                yield return (file.FileName, buffer.ToArray());
            }
        }
    }

    private static async Task<IFormCollection> FormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw ProblemException.Bad($"The upload is malformed: {e.Message}");
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            throw ProblemException.Bad($"The upload is malformed: {e.Message}");
        }
    }

    private static bool IsZip(MemoryStream buffer) => buffer.Length > 3 && buffer.GetBuffer() is [(byte)'P', (byte)'K', 3, 4, ..];

    private static List<(string Name, byte[] Bytes)> Unpack(string name, MemoryStream buffer)
    {
        var files = new List<(string, byte[])>();
        try
        {
            using var zip = new ZipArchive(buffer, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in zip.Entries.Where(e => e.FullName.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
            {
                files.Add((entry.FullName, Unpack(entry, MostUnpacked - files.Sum(f => f.Item2.LongLength))));
            }
        }
        catch (InvalidDataException e)
        {
            throw ProblemException.Bad($"{name} is no zip file: {e.Message}");
        }

        return files;
    }

    private static byte[] Unpack(ZipArchiveEntry entry, long most)
    {
        using var content = entry.Open();
        using var unpacked = new MemoryStream();
        var part = new byte[81920];
        while (content.Read(part) is > 0 and var read)
        {
            unpacked.Write(part.AsSpan(0, read));
            if (unpacked.Length > most)
            {
                throw new ProblemException(413, "The zip file unpacks to more than can be taken.");
            }
        }

        return unpacked.ToArray();
    }
}
