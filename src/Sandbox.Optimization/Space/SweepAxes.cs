using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Space;

/// <summary>One parameter of a sweep as an axis to draw. Places run from 0 to 1 so that the distribution fills them evenly: the
/// middle is the median, a logarithmic parameter has a logarithmic axis, a choice one place a value.</summary>
public sealed class SweepAxis
{
    private const int MostLabels = 12;
    private static readonly double[] Marks = [0.02, 0.5, 0.98];
    private readonly Axis _axis;

    internal SweepAxis(Axis axis) => _axis = axis;

    /// <summary>The parameters of a sweep that can change, in ordinal order of their paths.</summary>
    public static IReadOnlyList<SweepAxis> Of(SweepConfig config) =>
        [.. SearchSpace.Of(config.Parameters).Axes.Where(a => !a.IsFixed).Select(a => new SweepAxis(a))];

    /// <summary>The path, with dots.</summary>
    public string Name => _axis.Name;

    /// <summary>What stands at some places, ascending.</summary>
    public IReadOnlyList<(double Place, string Text)> Labels => _axis.Choices > 0
        ? [.. Enumerable.Range(0, Math.Min(_axis.Choices, MostLabels)).Select(i => (PlaceOf(i), Text(_axis.Decode(i))))]
        : [.. Marks.Select(m => (_axis.Snap(m), Text(_axis.Decode(_axis.Snap(m))))).DistinctBy(l => l.Item2)];

    /// <summary>The value in a set of parameters; null where it has none.</summary>
    public string? Value(JsonObject parameters) => SearchSpace.Find(parameters, _axis.Path, out var value) ? Text(value) : null;

    /// <summary>The place of a set of parameters; null where the parameter has no value there.</summary>
    public double? Place(JsonObject parameters) =>
        !SearchSpace.Find(parameters, _axis.Path, out var value) ? null
        : _axis.Choices > 0 ? PlaceOf(_axis.Encode(value)) : Math.Clamp(_axis.Encode(value), 0, 1);

    private double PlaceOf(double index) => (index + 0.5) / _axis.Choices;

    private static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue number when number.TryGetValue<double>(out var real) => real.ToString("G4", CultureInfo.InvariantCulture),
        JsonValue text when text.TryGetValue<string>(out var plain) => plain,
        _ => value.ToJsonString(),
    };
}
