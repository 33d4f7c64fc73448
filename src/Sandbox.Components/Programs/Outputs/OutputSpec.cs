using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;

namespace Sandbox.Components.Programs.Outputs;

/// <summary>What an output of a program is.</summary>
internal enum OutputKind
{
    /// <summary>A file or directory.</summary>
    Path,

    /// <summary>All files that match a pattern: a list of paths.</summary>
    Glob,

    /// <summary>A number of its log.</summary>
    Metric,
}

/// <summary>An item of <c>outputs:</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The path, the pattern, or the metric.</param>
/// <param name="Take">Which value of a metric: last, first, min or max.</param>
internal sealed record OutputSpec(string Name, OutputKind Kind, string Value, string Take)
{
    private static readonly string[] Kinds = ["path", "glob", "metric"];
    private static readonly string[] Takes = ["last", "first", "min", "max"];

    /// <summary>Reads the items; what is wrong goes to <paramref name="fault"/> with the item's name.</summary>
    public static IReadOnlyList<OutputSpec> Read(JsonObject outputs, Action<string, string> fault)
    {
        var specs = new List<OutputSpec>();
        foreach (var (name, node) in outputs)
        {
            if (name == JobContext.MetaNameKey)
            {
                fault(name, "an output cannot be called \"meta_name\": the context infos keep the job's name there.");
            }
            else if (node is not JsonObject item || item.Where(e => e.Key != "take").ToList() is not [var only] || !Kinds.Contains(only.Key, StringComparer.Ordinal))
            {
                var key = (node as JsonObject)?.Select(e => e.Key).FirstOrDefault(k => k != "take" && !Kinds.Contains(k, StringComparer.Ordinal));
                fault(name, $"output \"{name}\" must be {{path: …}}, {{glob: …}} or {{metric: …}}.{(key is null ? string.Empty : Suggestion.For(key, Kinds))}");
            }
            else if (Placeholders.Text(only.Value) is not { Length: > 0 } value || only.Value is JsonObject or JsonArray or null)
            {
                fault(name, $"\"{only.Key}\" of output \"{name}\" must be text.");
            }
            else
            {
                specs.Add(Spec(name, only.Key, value, item["take"], fault));
            }
        }

        return specs;
    }

    private static OutputSpec Spec(string name, string key, string value, JsonNode? take, Action<string, string> fault)
    {
        var which = take is null ? Takes[0] : Placeholders.Text(take);
        if (!Takes.Contains(which, StringComparer.Ordinal) || (take is not null && key != "metric"))
        {
            fault(name, $"\"take\" of output \"{name}\" goes with metric and is one of {string.Join(", ", Takes)}.{Suggestion.For(which, Takes)}");
        }

        return new OutputSpec(name, (OutputKind)Array.IndexOf(Kinds, key), value, which);
    }
}
