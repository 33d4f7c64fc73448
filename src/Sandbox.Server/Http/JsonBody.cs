using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Server.Http;

/// <summary>Reads request bodies: a JSON object, or nothing. What is malformed is refused before anybody looks at it.</summary>
internal static class JsonBody
{
    /// <summary>Far more than any editor nests, and far less than a stack holds.</summary>
    private const int MaxDepth = 512;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The body as an object; an empty one where there is no body.</summary>
    /// <exception cref="ProblemException">It is no JSON object.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(request, cancellationToken);
        return bytes.Length == 0 ? [] : Parse(bytes) as JsonObject ?? throw ProblemException.Bad("The body must be a JSON object.");
    }

    /// <summary>Parses JSON of any kind.</summary>
    /// <exception cref="ProblemException">It is no JSON, or holds text that is none.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Examine(bytes);
            return JsonNode.Parse(bytes, documentOptions: Options);
        }
        catch (JsonException e)
        {
            throw ProblemException.Bad($"The body is no JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            throw ProblemException.Bad("The body holds text that is none: half a character, or bytes that are no UTF-8.");
        }
    }

    public static async Task<byte[]> BytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }

    // Text is decoded lazily by the document: half a surrogate pair, or bytes that are no UTF-8, would only be found when somebody asks for it.
    private static void Examine(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                reader.GetString();
            }
        }
    }
}
