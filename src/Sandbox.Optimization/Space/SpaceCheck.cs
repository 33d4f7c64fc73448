using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Distributions;

namespace Sandbox.Optimization.Space;

/// <summary>Checks parameters that somebody gives against a space. Numbers may lie outside of their limits: who gives them
/// knows more than the sweep.</summary>
internal static class SpaceCheck
{
    public static IReadOnlyList<string> Faults(SearchSpace space, JsonObject parameters, string? budget)
    {
        var names = space.Axes.Select(a => a.Name).ToList();
        var faults = new List<string>();
        foreach (var given in Names(parameters, string.Empty, names).Where(n => n != budget && !names.Contains(n, StringComparer.Ordinal)))
        {
            faults.Add($"the sweep has no parameter \"{given}\".{Suggestion.For(given, names)}");
        }

        JsonNode? Value(int axis) => SearchSpace.Find(parameters, space.Axes[axis].Path, out var value) ? value : space.Axes[axis].IsFixed ? space.Axes[axis].Decode(0) : null;
        var active = space.Active(Value);
        for (var i = 0; i < space.Axes.Count; i++)
        {
            if (Fault(space.Axes[i], active[i], SearchSpace.Find(parameters, space.Axes[i].Path, out var value), value) is { } fault)
            {
                faults.Add(fault);
            }
        }

        return faults;
    }

    private static string? Fault(Axis axis, bool isActive, bool isThere, JsonNode? value) => (isActive, isThere) switch
    {
        (true, false) => axis.IsFixed ? null : $"\"{axis.Name}\" is missing.",
        (false, true) => $"\"{axis.Name}\" means nothing under the values of the others (when).",
        (false, false) => null,
        _ when axis.Distribution is ChoiceDistribution choice => choice.IndexOf(value) >= 0
            ? null : $"\"{axis.Name}\" must be one of {string.Join(", ", choice.Values.Select(v => v?.ToJsonString() ?? "null"))}, not {value?.ToJsonString() ?? "null"}.",
        _ => value?.GetValueKind() == JsonValueKind.Number ? null : $"\"{axis.Name}\" must be a number, not {value?.ToJsonString() ?? "null"}.",
    };

    // A value may be a mapping itself: a name that the space has is not looked into.
    private static IEnumerable<string> Names(JsonObject parameters, string prefix, IReadOnlyList<string> names) => parameters.SelectMany(p =>
        !names.Contains(prefix + p.Key, StringComparer.Ordinal) && p.Value is JsonObject { Count: > 0 } group
            ? Names(group, prefix + p.Key + ".", names) : [prefix + p.Key]);
}
