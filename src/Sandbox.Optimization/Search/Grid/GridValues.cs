using System.Text.Json.Nodes;
using Sandbox.Optimization.Distributions;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Search.Grid;

/// <summary>The values that a grid takes of a parameter.</summary>
internal static class GridValues
{
    // Least share of a step that counts as one more: 0.1 + 0.2 is a little more than 0.3.
    private const double Tolerance = 1e-9;

    public static IReadOnlyList<JsonNode?> Of(SweepDistribution distribution) => distribution.Kind switch
    {
        "constant" => [distribution.Value],
        "int_uniform" => [.. Steps(distribution.Min, distribution.Max - distribution.Min + 1, 1).Select(Numbers.Whole)],
        "q_uniform" => Quantised(distribution),
        _ => Distinct(distribution.Values),
    };

    // From the lower limit on, without the upper one, and not on multiples of the step.
    private static IReadOnlyList<JsonNode?> Quantised(SweepDistribution distribution)
    {
        var values = Steps(distribution.Min, Math.Ceiling(((distribution.Max - distribution.Min) / distribution.Q) - Tolerance), distribution.Q);
        var isWhole = distribution.IsWholeStep && double.IsInteger(distribution.Min);
        return [.. values.Select(v => isWhole ? Numbers.Whole(v) : Numbers.Float(v))];
    }

    private static IEnumerable<double> Steps(double first, double count, double step) =>
        Enumerable.Range(0, (int)Math.Clamp(count, 0, int.MaxValue)).Select(i => first + (i * step));

    // Equal values come once, in the form of the last of them at the place of the first.
    private static List<JsonNode?> Distinct(IReadOnlyList<JsonNode?> values)
    {
        var result = new List<JsonNode?>();
        foreach (var value in values)
        {
            var index = result.FindIndex(v => JsonEquality.Same(v, value));
            if (index < 0)
            {
                result.Add(value);
            }
            else
            {
                result[index] = value;
            }
        }

        return result;
    }
}
