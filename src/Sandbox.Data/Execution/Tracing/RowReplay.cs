using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Operators;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution.Tracing;

/// <summary>What one operator did to a row.</summary>
/// <param name="Position">The operator's place in the recipe, from 0.</param>
/// <param name="Outcome"><c>changed</c>, <c>dropped</c>, <c>error</c>, or <c>kept</c> for a filter that measured it.</param>
/// <param name="Text">The text after a change; null otherwise.</param>
/// <param name="Measured">The statistics that the operator added, by name; empty where it measures nothing.</param>
/// <param name="Message">What it failed on; null otherwise.</param>
public sealed record ReplayedStep(int Position, string Outcome, string? Text, JsonObject Measured, string? Message);

/// <summary>
/// Takes single rows through a recipe again, to show why an operator dropped or changed them. Operators that decide by other
/// rows (deduplicators, selectors, groupers, splitters) are passed over: what they did stands in the run's trace alone.
/// </summary>
public sealed class RowReplay
{
    private readonly RecipePlan _plan;

    private RowReplay(RecipePlan plan, string textKey) => (_plan, TextKey) = (plan, textKey);

    /// <summary>The field that holds the text.</summary>
    public string TextKey { get; }

    /// <summary>Makes the operators of a recipe.</summary>
    /// <exception cref="FaultException">An operator is unknown, or what it needs is not there any more.</exception>
    public static RowReplay Of(Recipe recipe) => new(RecipePlan.Of(recipe), recipe.Settings.TextKeys[0]);

    /// <summary>Runs the operators over a row until one drops it.</summary>
    public IReadOnlyList<ReplayedStep> Run(Row row)
    {
        var steps = new List<ReplayedStep>();
        foreach (var planned in _plan.Operators)
        {
            if (planned.Operator is IRowOperator work && Step(row, planned.Config.Position, work) is { } step)
            {
                steps.Add(step);
                if (step.Outcome == "dropped")
                {
                    break;
                }
            }
        }

        return steps;
    }

    private ReplayedStep? Step(Row row, int position, IRowOperator work)
    {
        var known = row.Stats.Values.Select(v => v.Key).ToHashSet(StringComparer.Ordinal);
        try
        {
            var outcome = work.Run(row);
            var measured = new JsonObject(row.Stats.ToJson().Where(s => !known.Contains(s.Key)).Select(s => KeyValuePair.Create(s.Key, s.Value?.DeepClone())));
            return outcome switch
            {
                RowOutcome.Dropped => new ReplayedStep(position, "dropped", null, measured, null),
                RowOutcome.Changed => new ReplayedStep(position, "changed", row.GetText(TextKey), measured, null),
                _ => measured.Count > 0 ? new ReplayedStep(position, "kept", null, measured, null) : null,
            };
        }
        catch (Exception e) when (e is OperatorException or RegexMatchTimeoutException or ArgumentException)
        {
            return new ReplayedStep(position, "error", null, [], e.Message);
        }
    }
}
