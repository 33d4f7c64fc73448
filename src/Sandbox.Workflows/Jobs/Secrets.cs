using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sandbox.Workflows.Jobs;

/// <summary>Hides what must not stand in logs and stores: passwords, tokens and keys, told by the names of their options,
/// and passwords in URLs.</summary>
internal static partial class Secrets
{
    private const string Mask = "***";

    private static readonly HashSet<string> Words = new(
        ["password", "passwd", "passphrase", "secret", "secrets", "token", "credential", "credentials", "authorization", "apikey"],
        StringComparer.Ordinal);

    private static readonly HashSet<string> BeforeKey = new(["api", "access", "private", "secret", "auth"], StringComparer.Ordinal);

    /// <summary>A copy with the secrets hidden.</summary>
    public static JsonNode? Masked(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, IsSecret(p.Key) ? Hidden(p.Value) : Masked(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Masked)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String =>
            JsonValue.Create(UrlPassword().Replace(value.ToString(), $"${{head}}{Mask}@")),
        _ => node?.DeepClone(),
    };

    /// <summary>Whether an option of that name holds a secret: <c>api_key</c>, <c>hf_token</c>, <c>dbPassword</c>; not
    /// <c>tokenizer</c>, <c>max_tokens</c> or <c>text_key</c>.</summary>
    public static bool IsSecret(string key)
    {
        var words = Word().Matches(key).Select(m => m.Value.ToLowerInvariant()).ToList();
        return words.Exists(Words.Contains) || words.Zip(words.Skip(1)).Any(w => BeforeKey.Contains(w.First) && w.Second == "key");
    }

    // A number or a flag is no secret: token: true, or a count.
    private static JsonNode? Hidden(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Hidden(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Hidden)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Mask,
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex("(?<head>://[^/\\s:@]*:)[^/\\s@]+@", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UrlPassword();
}
