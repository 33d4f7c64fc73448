using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Yaml;

namespace Sandbox.Workflows.Compilation;

/// <summary>A job as a hook activity: every key of the YAML is an input of text, configs and mappings as YAML.</summary>
internal static class JobActivityJson
{
    public static JsonObject Build(JobConfig job, string id, double x, double y)
    {
        var activity = ActivityJson.Activity(ActivityNames.OfHook(job.Hook), id, job.MetaName, x, y, 260);
        Text(activity, ActivityNames.MetaName, job.MetaName);
        Text(activity, ActivityNames.DjConfigs, Config(job.DjConfigs));
        Text(activity, ActivityNames.ExtraConfigs, Config(job.ExtraConfigs));
        Text(activity, ActivityNames.Input, Map(job.Input.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))));
        Text(activity, ActivityNames.Output, Names(job.Output));
        Text(activity, ActivityNames.Local, Map(job.Local));
        if (job.Retry is { } retry)
        {
            activity[ActivityNames.MaxAttempts] = ActivityJson.Literal("Int32", retry.MaxAttempts);
            Text(activity, ActivityNames.Backoff, Duration(retry.Backoff));
        }

        Text(activity, ActivityNames.Timeout, job.Timeout is { } timeout ? Duration(timeout) : null);
        Text(activity, ActivityNames.Resources, Map(job.Resources.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value))));
        Text(activity, ActivityNames.Limits, Map(job.Limits.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))));
        return activity;
    }

    /// <summary>A duration as the YAML has it, in the largest unit that says it exactly.</summary>
    public static string Duration(TimeSpan span)
    {
        (long Ticks, string Unit)[] units =
        [
            (TimeSpan.TicksPerHour, "h"), (TimeSpan.TicksPerMinute, "m"), (TimeSpan.TicksPerSecond, "s"),
        ];
        foreach (var (ticks, unit) in units)
        {
            if (span.Ticks != 0 && span.Ticks % ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / ticks}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(decimal)span.Ticks / TimeSpan.TicksPerMillisecond}ms");
    }

    private static void Text(JsonObject activity, string name, string? value)
    {
        if (value is not null)
        {
            activity[name] = ActivityJson.Literal("String", value);
        }
    }

    private static string? Config(ConfigReference? config) => config switch
    {
        null => null,
        { Path: { } path } => YamlText.Write(JsonValue.Create(path)),
        _ => YamlText.Write(config.Value),
    };

    private static string? Map(IEnumerable<KeyValuePair<string, JsonNode?>> pairs)
    {
        var map = new JsonObject();
        foreach (var (key, value) in pairs)
        {
            map[key] = value?.DeepClone();
        }

        return map.Count == 0 ? null : YamlText.Write(map);
    }

    private static string? Names(IReadOnlyList<string>? names) => names switch
    {
        null => null,
        [var one] => YamlText.Write(JsonValue.Create(one)),
        _ => YamlText.Write(new JsonArray([.. names.Select(n => (JsonNode?)n)])),
    };
}
