using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Recipes;

namespace Sandbox.Components.RecipeRefinement.ModelFeedback;

/// <summary>A sample's statistics, and whether the model found it dirty.</summary>
internal sealed record ProbedSample(bool IsDirty, JsonObject Statistics);

/// <summary>What became of one bound of the recipe, and why.</summary>
internal sealed record FeedbackChange(
    string Operator, int Position, string Argument, JsonNode? Old, double? New, string? Statistic, FoundBound? Bound, string Reason);

/// <summary>Moves each bound of a recipe's filters to where its statistic parts the samples that a model found dirty from
/// the others. Hard samples count as good: a model learns from them.</summary>
internal static class ModelFeedbackRefinement
{
    public static (JsonObject Recipe, IReadOnlyList<FeedbackChange> Changes) Refine(
        JsonObject recipe, IReadOnlyList<ProbedSample> samples, ModelFeedbackOptions options)
    {
        var refined = (JsonObject)recipe.DeepClone();
        var changes = new List<FeedbackChange>();
        foreach (var (position, entry) in (refined["process"] as JsonArray ?? []).Index())
        {
            if (entry is not JsonObject { Count: > 0 } named || named.First() is not { Value: JsonObject arguments } filter)
            {
                continue;
            }

            foreach (var argument in arguments.Select(a => a.Key).Where(BoundArguments.IsBound).ToList())
            {
                var change = Look(filter.Key, position, argument, arguments[argument], samples, options);
                changes.Add(change);
                if (change.New is { } value)
                {
                    arguments[argument] = value;
                }
            }
        }

        return (refined, changes);
    }

    private static FeedbackChange Look(
        string name, int position, string argument, JsonNode? old, IReadOnlyList<ProbedSample> samples, ModelFeedbackOptions options)
    {
        FeedbackChange Stays(string reason, string? statistic = null, FoundBound? bound = null) =>
            new(name, position, argument, old?.DeepClone(), null, statistic, bound, "stays: " + reason);

        if (old?.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            return Stays("true or false is not a bound");
        }

        var statistic = BoundArguments.StatisticFor(argument, KSigmaStatistics.Of(name), s => samples.Any(x => Value(x, s) is not null));
        if (statistic is null)
        {
            return Stays("no statistic of this operator was measured");
        }

        var bound = BoundSearch.Find(
            Values(samples, statistic, isDirty: true), Values(samples, statistic, isDirty: false), BoundArguments.IsMaximum(argument), options.MostGoodDropped);
        if (bound is null || bound.Gain < options.LeastGain)
        {
            return Stays($"{statistic} does not part dirty samples from good ones", statistic, bound);
        }

        var side = BoundArguments.IsMaximum(argument) ? "above" : "below";
        return new FeedbackChange(
            name, position, argument, old?.DeepClone(), bound.Value, statistic, bound,
            FormattableString.Invariant($"{side} {bound.Value:G6} of {statistic} lie {bound.DirtyDropped:P1} of the dirty samples and {bound.GoodDropped:P1} of the good ones"));
    }

    private static List<double> Values(IReadOnlyList<ProbedSample> samples, string statistic, bool isDirty) =>
        [.. samples.Where(s => s.IsDirty == isDirty).Select(s => Value(s, statistic)).OfType<double>()];

    private static double? Value(ProbedSample sample, string statistic) =>
        sample.Statistics[statistic] is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number) ? number : null;
}
