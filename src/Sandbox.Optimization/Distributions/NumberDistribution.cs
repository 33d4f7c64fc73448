using System.Text.Json.Nodes;

namespace Sandbox.Optimization.Distributions;

/// <summary>Numbers from a curve; with a step they are rounded after drawing, halves to even, and not clipped.</summary>
internal sealed class NumberDistribution(ICurve curve, Step? step) : Distribution
{
    // More grid points than this are searched as if there were no grid.
    private const double MostLevels = 10_000;

    /// <summary>Whether values lie on a grid.</summary>
    public bool IsStepped => step is not null;

    /// <summary>Number of grid points that can come, or null where there are too many to count.</summary>
    public int? LevelCount { get; } = CountLevels(curve, step);

    public override JsonNode? Draw(double probability) => Node(curve.Inverse(probability));

    public override double Cumulative(JsonNode? value) => Numbers.Of(value) is { } number ? curve.Cumulative(number) : 0;

    /// <summary>The grid points in ascending order; only where they can be counted.</summary>
    public IEnumerable<JsonNode?> Levels()
    {
        var first = Math.Round(curve.Support.Low / step!.Size);
        return Enumerable.Range(0, LevelCount ?? 0).Select(i => OnGrid(first + i));
    }

    private static int? CountLevels(ICurve curve, Step? step)
    {
        if (step is null || !double.IsFinite(curve.Support.Low) || !double.IsFinite(curve.Support.High))
        {
            return null;
        }

        var count = Math.Round(curve.Support.High / step.Size) - Math.Round(curve.Support.Low / step.Size) + 1;
        return count <= MostLevels ? (int)count : null;
    }

    private JsonNode? Node(double value) => step is null ? Numbers.Float(value) : OnGrid(Math.Round(value / step.Size));

    private JsonNode? OnGrid(double index) => step!.IsWhole ? Numbers.Whole(index * step.Size) : Numbers.Float(index * step.Size);
}
