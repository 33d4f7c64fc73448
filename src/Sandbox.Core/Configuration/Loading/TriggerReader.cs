using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Reads <c>triggers</c>: a list of mappings, each of one kind to its settings.</summary>
internal sealed class TriggerReader(Findings findings)
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    private readonly ValueReader _values = new(findings);

    public IReadOnlyList<TriggerConfig> Read(ConfigMapping root)
    {
        if (root.Find(ConfigKeys.Triggers) is not { } entry || entry.Value is ConfigScalar { IsNull: true })
        {
            return [];
        }

        if (entry.Value is not ConfigSequence list)
        {
            findings.Error(entry.Value.Location, $"\"triggers\" must be a list such as [{{timer: {{interval: 1h}}}}], not {entry.Value.Noun}.");
            return [];
        }

        return [.. list.Items.Select(Trigger).OfType<TriggerConfig>()];
    }

    private TriggerConfig? Trigger(ConfigNode node)
    {
        if (node is not ConfigMapping { Entries: [var entry] } || entry.Value is not ConfigMapping settings)
        {
            findings.Error(node.Location, "a trigger is a mapping of its kind (http, cron or timer) to its settings, as in timer: {interval: 1h}.");
            return null;
        }

        if (!TriggerKinds.Keys.TryGetValue(entry.Key, out var keys))
        {
            findings.Error(entry.KeyLocation, $"there is no trigger \"{entry.Key}\"; there are {string.Join(", ", TriggerKinds.Keys.Keys)}.{Suggestion.For(entry.Key, TriggerKinds.Keys.Keys)}");
            return null;
        }

        var read = new JsonObject();
        foreach (var setting in settings.Entries)
        {
            Add(read, entry.Key, keys, setting);
        }

        if (settings.Find(keys[0]) is null)
        {
            findings.Error(entry.KeyLocation, $"the trigger \"{entry.Key}\" needs \"{keys[0]}\".");
        }

        return new TriggerConfig(entry.Key, read) { Location = entry.KeyLocation };
    }

    private void Add(JsonObject read, string kind, IReadOnlyList<string> keys, ConfigEntry setting)
    {
        if (!keys.Contains(setting.Key, StringComparer.Ordinal))
        {
            findings.Error(setting.KeyLocation, $"the trigger \"{kind}\" has no key \"{setting.Key}\".{Suggestion.For(setting.Key, keys)}");
            return;
        }

        read[setting.Key] = setting.Key switch
        {
            "authorize" => _values.Flag(setting),
            "methods" => MethodList(setting),
            _ => Word(setting),
        };
    }

    private string? Word(ConfigEntry setting)
    {
        var text = _values.Text(setting);
        if (text is not null && TriggerKinds.Words(setting.Key) is { } words && !words.Contains(text, StringComparer.Ordinal))
        {
            findings.Error(setting.Value.Location, $"\"{setting.Key}\" must be {string.Join(", ", words)}, not \"{text}\".{Suggestion.For(text, words)}");
        }

        return text;
    }

    private JsonArray? MethodList(ConfigEntry setting)
    {
        var items = setting.Value is ConfigSequence list ? list.Items : [setting.Value];
        var methods = items.Select(i => i is ConfigScalar scalar ? scalar.Text.ToUpperInvariant() : string.Empty).ToList();
        if (methods.Find(m => !Methods.Contains(m, StringComparer.Ordinal)) is { } wrong)
        {
            findings.Error(setting.Value.Location, $"\"methods\" must be a list of {string.Join(", ", Methods)}; \"{wrong}\" is none.{Suggestion.For(wrong, Methods)}");
            return null;
        }

        return [.. methods.Select(m => (JsonNode?)m)];
    }
}
