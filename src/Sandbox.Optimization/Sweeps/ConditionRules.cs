using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Distributions;

namespace Sandbox.Optimization.Sweeps;

/// <summary>The rules of <c>when</c>: it names parameters that exist, values that they can have, and no circle.</summary>
internal static class ConditionRules
{
    public static void Check(IReadOnlyList<SweepParameter> parameters, ICollection<Fault> faults)
    {
        var leaves = SweepParameter.Leaves(parameters).GroupBy(l => string.Join('.', l.Path), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var (name, leaf) in leaves)
        {
            foreach (var condition in leaf.Conditions)
            {
                Check(name, condition, leaves, faults);
            }
        }
    }

    private static void Check(string name, SweepCondition condition, Dictionary<string, SweepLeaf> leaves, ICollection<Fault> faults)
    {
        if (!leaves.TryGetValue(condition.Parameter, out var parent))
        {
            faults.Add(new Fault(
                condition.Location,
                $"parameter \"{name}\": \"when\" names no parameter \"{condition.Parameter}\".{Suggestion.For(condition.Parameter, leaves.Keys)}"));
            return;
        }

        if (Reaches(condition.Parameter, name, leaves, []))
        {
            faults.Add(new Fault(condition.Location, $"parameter \"{name}\": its \"when\" leads in a circle back to itself."));
        }

        var possible = parent.Distribution.Kind == "constant" ? [parent.Distribution.Value] : parent.Distribution.Values;
        foreach (var value in condition.Values.Where(v => possible.Count > 0 && !possible.Any(p => JsonEquality.Same(p, v))))
        {
            faults.Add(new Fault(
                condition.Location, $"parameter \"{name}\": \"{condition.Parameter}\" is never {Text(value)}: it is one of {string.Join(", ", possible.Select(Text))}."));
        }
    }

    private static bool Reaches(string from, string target, Dictionary<string, SweepLeaf> leaves, HashSet<string> seen) =>
        from == target
        || (seen.Add(from) && leaves.TryGetValue(from, out var leaf) && leaf.Conditions.Any(c => Reaches(c.Parameter, target, leaves, seen)));

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
}
