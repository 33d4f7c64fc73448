using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Core.Recipes;

/// <summary>One argument that k-sigma looked at.</summary>
/// <param name="Operator">Name of the operator.</param>
/// <param name="Position">Place of the operator in the recipe's <c>process</c>, from 0.</param>
/// <param name="Argument">Name of the argument.</param>
/// <param name="Old">The value in the recipe.</param>
/// <param name="New">The new value; null where the old one stays.</param>
/// <param name="Statistic">The statistic that decided, or null where the operator has none in the table.</param>
/// <param name="Mean">Its mean, or NaN.</param>
/// <param name="Std">Its standard deviation (n − 1), or NaN.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record KSigmaChange(
    string Operator, int Position, string Argument, JsonNode? Old, double? New, string? Statistic, double Mean, double Std, string Reason);

/// <summary>
/// The k-sigma rule: a <c>min</c> argument of an operator becomes mean − k·std and a <c>max</c> argument mean + k·std of
/// the statistic that the operator measures, on the data that was analysed. Rule of Data-Juicer's
/// <c>tools/hpo/execute_hpo_3sigma.py</c>.
/// </summary>
/// <param name="Recipe">The refined recipe.</param>
/// <param name="Changes">What was changed, and what was looked at and stays.</param>
public sealed record KSigmaRefinement(JsonObject Recipe, IReadOnlyList<KSigmaChange> Changes)
{
    /// <summary>Refines a copy of the recipe.</summary>
    /// <param name="recipe">The recipe; stays as it is.</param>
    /// <param name="table">The analysis.</param>
    /// <param name="statisticsOf">The statistics that an operator measures, in the order in which it does.</param>
    /// <param name="k">How many standard deviations.</param>
    public static KSigmaRefinement Refine(
        JsonObject recipe, StatisticsTable table, Func<string, IReadOnlyList<string>> statisticsOf, double k)
    {
        var refined = (JsonObject)recipe.DeepClone();
        var changes = new List<KSigmaChange>();
        var process = refined["process"] as JsonArray ?? [];
        for (var position = 0; position < process.Count; position++)
        {
            if (process[position] is JsonObject { Count: > 0 } entry && entry.First() is { Value: JsonObject arguments } named)
            {
                RefineOperator(named.Key, position, arguments, table, statisticsOf(named.Key), k, changes);
            }
        }

        return new KSigmaRefinement(refined, changes);
    }

    /// <summary>The changes as they are watched, for the report.</summary>
    public JsonArray ChangesToJson() => new([.. Changes.Select(change => new JsonObject
    {
        ["operator"] = change.Operator,
        ["position"] = change.Position,
        ["argument"] = change.Argument,
        ["old"] = change.Old?.DeepClone(),
        ["new"] = change.New,
        ["statistic"] = change.Statistic,
        ["mean"] = Finite(change.Mean),
        ["std"] = Finite(change.Std),
        ["reason"] = change.Reason,
    })]);

    private static void RefineOperator(
        string name, int position, JsonObject arguments, StatisticsTable table, IReadOnlyList<string> statistics, double k,
        List<KSigmaChange> changes)
    {
        foreach (var argument in arguments.Select(pair => pair.Key).Where(BoundArguments.IsBound).ToList())
        {
            var old = arguments[argument];
            var statistic = StatisticFor(argument, statistics, table);
            var (mean, std) = statistic is null ? (double.NaN, double.NaN) : (table.Value("mean", statistic), table.Value("std", statistic));
            var value = BoundArguments.IsMaximum(argument) ? mean + (k * std) : mean - (k * std);
            var reason = Reason(old, argument, statistic, value, k);
            var changed = reason.Changed ? value : (double?)null;
            changes.Add(new KSigmaChange(name, position, argument, old?.DeepClone(), changed, statistic, mean, std, reason.Text));
            if (changed is not null)
            {
                arguments[argument] = value;
            }
        }
    }

    // A closed or open interval is no bound, though its name ends in one: upstream would put a number there.
    private static (bool Changed, string Text) Reason(JsonNode? old, string argument, string? statistic, double value, double k)
    {
        var sign = BoundArguments.IsMaximum(argument) ? '+' : '−';
        return old?.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => (false, "stays: true or false is not a bound"),
            _ when statistic is null => (false, "stays: the analysis has no statistic of this operator"),
            _ when !double.IsFinite(value) => (false, $"stays: mean or standard deviation of {statistic} is not a number"),
            _ => (true, FormattableString.Invariant($"mean {sign} {k}·std of {statistic}")),
        };
    }

    // One whose figures are no numbers is named all the same: the reason says so.
    private static string? StatisticFor(string argument, IReadOnlyList<string> statistics, StatisticsTable table) =>
        BoundArguments.StatisticFor(argument, statistics, s => double.IsFinite(table.Value("mean", s)) && double.IsFinite(table.Value("std", s)))
        ?? statistics.LastOrDefault(s => table.Columns.Contains(s, StringComparer.Ordinal));

    private static JsonNode? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
