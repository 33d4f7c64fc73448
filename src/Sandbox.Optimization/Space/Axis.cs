using System.Text.Json.Nodes;
using Sandbox.Optimization.Distributions;

namespace Sandbox.Optimization.Space;

/// <summary>One parameter of a search space.</summary>
/// <param name="Path">Its keys from the outermost group inwards.</param>
/// <param name="Distribution">What it is drawn from.</param>
/// <param name="Conditions">Under which values of other parameters it means something; all must hold.</param>
internal sealed record Axis(IReadOnlyList<string> Path, Distribution Distribution, IReadOnlyList<AxisCondition> Conditions)
{
    private readonly IReadOnlyList<double>? _levels = LevelsOf(Distribution);

    /// <summary>The path with dots.</summary>
    public string Name { get; } = string.Join('.', Path);

    /// <summary>Number of choices of an unordered parameter, or 0 for one with an order.</summary>
    public int Choices => Distribution is ChoiceDistribution choice ? choice.Values.Count : 0;

    /// <summary>Whether there is only one value.</summary>
    public bool IsFixed => Choices == 1;

    /// <summary>The coordinates that an ordered parameter can have, ascending; null where they cannot be counted.</summary>
    public IReadOnlyList<double>? Levels => _levels;

    /// <summary>The coordinate of a value: of a choice its index, else its probability in [0, 1].</summary>
    public double Encode(JsonNode? value) => Distribution switch
    {
        ChoiceDistribution choice => Math.Max(choice.IndexOf(value), 0),
        IntegerDistribution whole => whole.Cumulative(value) - (0.5 / whole.Count),
        _ => Distribution.Cumulative(value),
    };

    /// <summary>The value at a coordinate.</summary>
    public JsonNode? Decode(double coordinate) =>
        Distribution is ChoiceDistribution choice ? choice.Values[(int)coordinate]?.DeepClone() : Distribution.Draw(coordinate);

    /// <summary>The coordinate of a uniform random number.</summary>
    public double Sample(double probability) =>
        Distribution is ChoiceDistribution choice ? choice.IndexAt(probability) : Snap(probability);

    /// <summary>The nearest coordinate that a value has.</summary>
    public double Snap(double coordinate) => Distribution switch
    {
        ChoiceDistribution => coordinate,
        IntegerDistribution whole => (Math.Clamp(Math.Ceiling(coordinate * whole.Count) - 1, 0, whole.Count - 1) + 0.5) / whole.Count,
        NumberDistribution { IsStepped: false } => coordinate,
        _ => Encode(Decode(coordinate)),
    };

    private static double[]? LevelsOf(Distribution distribution) => distribution switch
    {
        IntegerDistribution { Count: <= 10_000 } whole => [.. Enumerable.Range(0, (int)whole.Count).Select(i => (i + 0.5) / whole.Count)],
        NumberDistribution { LevelCount: > 0 } number => [.. number.Levels().Select(number.Cumulative).Distinct()],
        _ => null,
    };
}

/// <summary>Another parameter's value under which a parameter means something.</summary>
/// <param name="Axis">Index of the other parameter.</param>
/// <param name="Values">The values that count.</param>
internal sealed record AxisCondition(int Axis, IReadOnlyList<JsonNode?> Values);
