using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Core.Iteration;

/// <summary>One of <c>iter_targets</c>: <c>&lt;pipeline&gt;.&lt;meta_name&gt;.&lt;output&gt; [&gt;|&gt;=|&lt;|&lt;=|==] number</c>.</summary>
/// <param name="Key">The result that is watched.</param>
/// <param name="Operator">The comparison.</param>
/// <param name="Value">The number to compare with.</param>
public sealed record IterationTarget(ContextKey Key, string Operator, double Value)
{
    // Longest first, else ">=" would be found as ">".
    private static readonly string[] Operators = ["==", ">=", "<=", ">", "<"];

    /// <summary>Reads a target.</summary>
    /// <param name="text">The target as written.</param>
    /// <param name="target">The target.</param>
    /// <returns>What is wrong and how to mend it, or null.</returns>
    public static string? Parse(string text, out IterationTarget? target)
    {
        target = null;
        var found = Array.Find(Operators, o => text.Contains(o, StringComparison.Ordinal));
        if (found is null)
        {
            return $"the target \"{text}\" compares nothing: write <pipeline>.<meta_name>.<output>, one of > >= < <= ==, and a number.";
        }

        var parts = text.Split(found);
        if (parts.Length != 2)
        {
            return $"the target \"{text}\" holds \"{found}\" more than once: write one comparison a target.";
        }

        var number = parts[1].Trim();
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return $"the target \"{text}\" must compare with a number, not with \"{number}\".";
        }

        if (ContextKey.Parse(parts[0].Trim(), out var key) is { } problem)
        {
            return $"the target \"{text}\": {problem}";
        }

        if (key!.IsPrevious)
        {
            return $"the target \"{text}\" cannot use -1: name pipeline, job and output.";
        }

        target = new IterationTarget(key, found, value);
        return null;
    }

    /// <summary>Compares a result with the target. Numbers, true (1) and false (0), and text that is a number can be
    /// compared; anything else never meets a target, and the answer says why.</summary>
    public TargetCheck Evaluate(JsonNode? value) =>
        AsNumber(value) is not { } number
            ? new TargetCheck(false, $"{Key} is {Describe(value)}, which is no number to compare with {ToString()}.")
            : new TargetCheck(
                Operator switch
                {
                    "==" => number == Value,
                    ">=" => number >= Value,
                    "<=" => number <= Value,
                    ">" => number > Value,
                    _ => number < Value,
                },
                null);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key} {Operator} {Value}");

    private static double? AsNumber(JsonNode? node)
    {
        var text = node?.GetValueKind() switch
        {
            JsonValueKind.True => "1",
            JsonValueKind.False => "0",
            JsonValueKind.Number => Digits(node),
            JsonValueKind.String => node.GetValue<string>().Trim(),
            _ => null,
        };
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
    }

    private static string Describe(JsonNode? node) => node switch
    {
        null => "missing",
        JsonObject => "a mapping",
        JsonArray => "a list",
        _ => Digits(node),
    };

    // A result may be NaN or infinite, which JSON cannot say.
    private static string Digits(JsonNode node) => node is JsonValue value && value.TryGetValue(out double number) && !double.IsFinite(number)
        ? number.ToString(CultureInfo.InvariantCulture)
        : node.ToJsonString();
}

/// <summary>What the comparison with a target gave.</summary>
/// <param name="IsMet">Whether the target is met.</param>
/// <param name="Problem">Why nothing could be compared, or null.</param>
public readonly record struct TargetCheck(bool IsMet, string? Problem);

/// <summary><c>iter_targets_mode</c>.</summary>
public static class TargetModes
{
    /// <summary>All targets must be met.</summary>
    public const string All = "all";

    /// <summary>One met target is enough.</summary>
    public const string Any = "any";

    /// <summary>Whether the checks taken together stop the iteration. Without targets nothing does.</summary>
    public static bool IsMet(string mode, IReadOnlyCollection<TargetCheck> checks) =>
        mode == Any ? checks.Any(c => c.IsMet) : checks.Count > 0 && checks.All(c => c.IsMet);
}
