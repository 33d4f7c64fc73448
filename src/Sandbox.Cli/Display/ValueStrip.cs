using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Cli.Display;

/// <summary>The values of a parameter in a line: numbers as a histogram between the least and the greatest, on a logarithmic
/// scale where they span more than two powers of ten; others as counts.</summary>
internal static class ValueStrip
{
    private const int Bins = 40;
    private const double ManyTimes = 100;
    private const string Levels = " ▁▂▃▄▅▆▇█";

    public static string Draw(string name, int width, IReadOnlyList<JsonNode?> values)
    {
        var label = name.PadRight(width);
        var numbers = values.Select(Number).ToList();
        if (numbers.Count == 0 || numbers.Any(n => n is null) || numbers.Min() == numbers.Max())
        {
            return label + "  " + string.Join("  ", values.CountBy(v => v?.ToJsonString() ?? "null").OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => FormattableString.Invariant($"{p.Key} × {p.Value}")));
        }

        return Histogram(label, [.. numbers.Select(n => n!.Value)]);
    }

    private static string Histogram(string label, List<double> values)
    {
        var (low, high) = (values.Min(), values.Max());
        var isLog = low > 0 && high / low > ManyTimes;
        double Place(double value) => isLog ? Math.Log(value / low) / Math.Log(high / low) : (value - low) / (high - low);
        var counts = new int[Bins];
        foreach (var value in values)
        {
            counts[Math.Min((int)(Place(value) * Bins), Bins - 1)]++;
        }

        var most = counts.Max();
        var bars = string.Concat(counts.Select(c => Levels[c == 0 ? 0 : 1 + (c * (Levels.Length - 2) / most)]));
        return string.Create(CultureInfo.InvariantCulture, $"{label}  {low,10:G4} │{bars}│ {high:G4}{(isLog ? "  (log)" : string.Empty)}");
    }

    private static double? Number(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) ? number : null;
}
