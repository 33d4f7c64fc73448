using System.Text.Json.Nodes;
using Sandbox.Core.Faults;

namespace Sandbox.Tracking.Sinks;

/// <summary>One entry of <c>watchers</c>: another tool that a run's figures are brought to.</summary>
/// <param name="Type">One of <see cref="Types"/>.</param>
public sealed record WatcherConfig(string Type)
{
    private static readonly Dictionary<string, string[]> Keys = new(StringComparer.Ordinal)
    {
        ["wandb"] = ["dir", "project", "entity"],
        ["tensorboard"] = ["dir"],
        ["mlflow"] = ["tracking_uri"],
        ["otlp"] = ["endpoint"],
        ["csv"] = ["dir"],
        ["jsonl"] = ["dir"],
    };

    /// <summary>What there is.</summary>
    public static IReadOnlyCollection<string> Types => Keys.Keys;

    /// <summary><c>dir</c>: where files are written.</summary>
    public string? Directory { get; init; }

    /// <summary><c>project</c>: W&amp;B's project; null for <c>project_name</c>.</summary>
    public string? Project { get; init; }

    /// <summary><c>entity</c>: W&amp;B's entity.</summary>
    public string? Entity { get; init; }

    /// <summary><c>tracking_uri</c> or <c>endpoint</c>: an address, of MLflow also the directory of a file store.</summary>
    public string? Address { get; init; }

    /// <summary>Whether the address is one of HTTP.</summary>
    public bool IsHttp => Uri.TryCreate(Address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    /// <summary>Reads the list; what is wrong with an item goes to the faults with the item's number.</summary>
    public static IReadOnlyList<WatcherConfig> ReadAll(JsonNode? watchers, Action<int, string> fault)
    {
        if (watchers is not JsonArray list)
        {
            return [];
        }

        var result = new List<WatcherConfig>();
        for (var i = 0; i < list.Count; i++)
        {
            var number = i;
            if (Read(list[i], message => fault(number, message)) is { } watcher)
            {
                result.Add(watcher);
            }
        }

        return result;
    }

    private static WatcherConfig? Read(JsonNode? node, Action<string> fault)
    {
        if (node is not JsonObject item || item["type"] is not JsonValue value || !value.TryGetValue<string>(out var type) || !Keys.TryGetValue(type, out var keys))
        {
            var given = (node as JsonObject)?["type"]?.ToString() ?? string.Empty;
            fault($"a watcher is a mapping with \"type\": one of {string.Join(", ", Types)}.{Suggestion.For(given, Types)}");
            return null;
        }

        foreach (var unknown in item.Select(p => p.Key).Where(k => k != "type" && !keys.Contains(k, StringComparer.Ordinal)))
        {
            fault($"watcher {type} has no key \"{unknown}\": it has {string.Join(", ", keys)}.{Suggestion.For(unknown, keys)}");
        }

        var watcher = new WatcherConfig(type)
        {
            Directory = Text(item, "dir"), Project = Text(item, "project"), Entity = Text(item, "entity"),
            Address = Text(item, "tracking_uri") ?? Text(item, "endpoint"),
        };
        var needed = keys[0];
        if (string.IsNullOrWhiteSpace(Text(item, needed)))
        {
            fault($"watcher {type} needs \"{needed}\".");
        }
        else if (type == "otlp" && !watcher.IsHttp)
        {
            fault($"watcher otlp: \"endpoint\" must be an address such as http://localhost:4318, not \"{watcher.Address}\".");
        }

        return watcher;
    }

    private static string? Text(JsonObject item, string key) => item[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
