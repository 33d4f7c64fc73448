using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Bookmarks;

/// <summary>The hash by which a stimulus finds its bookmarks, as Elsa 3.8 computes it: SHA-256 of name, payload JSON and
/// (where included) activity instance id, joined by a vertical bar; empty parts are left out.</summary>
public static class BookmarkHash
{
    /// <summary>Computes the hash, in upper-case hex.</summary>
    /// <param name="name">The bookmark's name.</param>
    /// <param name="payload">The payload. Its keys enter in Pascal case, as the members of a payload class are written there.</param>
    /// <param name="activityInstanceId">Given only where the bookmark belongs to one execution.</param>
    public static string Compute(string name, JsonNode? payload, string? activityInstanceId = null)
    {
        var parts = new[] { name, Text(payload), activityInstanceId }.Where(part => !string.IsNullOrWhiteSpace(part));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', parts))));
    }

    private static string? Text(JsonNode? payload) => payload switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => Pascal(payload)!.ToJsonString(),
    };

    private static JsonNode? Pascal(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(Upper(p.Key), Pascal(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Pascal)]),
        _ => node?.DeepClone(),
    };

    private static string Upper(string key) => key.Length == 0 ? key : char.ToUpperInvariant(key[0]) + key[1..];
}
