using System.Text.Json.Nodes;

namespace Sandbox.Optimization.Distributions;

/// <summary>Whole numbers between two limits, both in, each as likely as the other.</summary>
internal sealed class IntegerDistribution(double min, double max) : Distribution
{
    /// <summary>Least value.</summary>
    public double Min => min;

    /// <summary>How many values there are.</summary>
    public double Count => max - min + 1;

    public override JsonNode? Draw(double probability) => Numbers.Whole(min + Math.Clamp(Math.Ceiling(probability * Count) - 1, 0, Count - 1));

    public override double Cumulative(JsonNode? value) => Numbers.Of(value) is { } number ? Math.Clamp((Math.Floor(number) - min + 1) / Count, 0, 1) : 0;
}
