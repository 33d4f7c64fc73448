using System.Text.Json.Nodes;

namespace Sandbox.Tracking.Sinks.Mlflow;

/// <summary>Names and parameters as MLflow takes them.</summary>
internal static class MlflowNames
{
    private const int LongestKey = 250;

    /// <summary>A name without characters that MLflow refuses.</summary>
    public static string Key(string name)
    {
        var key = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ' ' or ':' or '/' ? c : '_'));
        return key.Length <= LongestKey ? key : key[..LongestKey];
    }

    /// <summary>Configs as parameters, nested ones flattened by dots.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Parameters(IEnumerable<WatchedConfigs> configs, int longest) => configs
        .SelectMany(c => Flat(c.Prefix, c.Configs))
        .Select(p => KeyValuePair.Create(Key(p.Key), p.Value.Length <= longest ? p.Value : p.Value[..longest]))
        .GroupBy(p => p.Key, StringComparer.Ordinal).Select(g => g.Last());

    private static IEnumerable<KeyValuePair<string, string>> Flat(string prefix, JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => Flat($"{prefix}.{p.Key}", p.Value)),
        JsonArray list => list.SelectMany((item, i) => Flat(FormattableString.Invariant($"{prefix}.{i}"), item)),
        _ => [KeyValuePair.Create(prefix, node?.ToString() ?? "None")],
    };
}
