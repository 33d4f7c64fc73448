using System.Text.Json.Nodes;

namespace Sandbox.Optimization.Distributions;

/// <summary>One of several values, whose order means nothing.</summary>
/// <param name="values">The values.</param>
/// <param name="probabilities">A probability for each; none where all are equally likely.</param>
internal sealed class ChoiceDistribution(IReadOnlyList<JsonNode?> values, IReadOnlyList<double> probabilities) : Distribution
{
    public IReadOnlyList<JsonNode?> Values => values;

    public override JsonNode? Draw(double probability) => values[IndexAt(probability)]?.DeepClone();

    // (index + 1) / k also under probabilities, as W&B's engine counts; a value that is not among them counts as the first.
    public override double Cumulative(JsonNode? value) => (Math.Max(IndexOf(value), 0) + 1.0) / values.Count;

    /// <summary>Index of the value at a probability.</summary>
    public int IndexAt(double probability)
    {
        if (probabilities.Count == 0)
        {
            return (int)Math.Clamp(Math.Ceiling(probability * values.Count) - 1, 0, values.Count - 1);
        }

        var sum = 0.0;
        for (var i = 0; i < probabilities.Count; i++)
        {
            sum += probabilities[i];
            if (sum > probability)
            {
                return i;
            }
        }

        return probabilities.ToList().FindLastIndex(p => p > 0);
    }

    /// <summary>Index of a value, or -1.</summary>
    public int IndexOf(JsonNode? value)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (JsonEquality.Matches(values[i], value))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>How likely a value is.</summary>
    public double Probability(int index) => probabilities.Count == 0 ? 1.0 / values.Count : probabilities[index];
}
