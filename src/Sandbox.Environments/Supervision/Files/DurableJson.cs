using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Environments.Supervision.Files;

/// <summary>Small JSON files that are there whole or not at all.</summary>
internal static class DurableJson
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file: temporary name, flush to disk, rename. Only its owner may read it.</summary>
    public static void Write(string path, Action<Utf8JsonWriter> write)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        using (var file = new FileStream(temporary, Options()))
        {
            using (var writer = new Utf8JsonWriter(file))
            {
                writer.WriteStartObject();
                write(writer);
                writer.WriteEndObject();
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    /// <summary>Reads a file; null where there is none.</summary>
    /// <exception cref="IOException">It holds no JSON object.</exception>
    public static JsonObject? Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new IOException($"{path} holds no JSON object.");
        }
        catch (JsonException e)
        {
            throw new IOException($"{path} is no JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
