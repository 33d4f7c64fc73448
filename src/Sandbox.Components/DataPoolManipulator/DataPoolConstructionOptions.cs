using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.DataPoolManipulator;

/// <summary>Options of <c>data_pool_construction</c>.</summary>
internal sealed class DataPoolConstructionOptions : BadRowOptions, IValidatableOptions
{
    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The analysed data sets: a path or a list.")]
    public IReadOnlyList<string> DatasetPath { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the pools.")]
    public string ExportPath { get; set; } = string.Empty;

    [Option("split_ratios", Description = "Where to cut: numbers or fractions such as '1/3' between 0 and 1.")]
    public IReadOnlyList<JsonNode> SplitRatios { get; set; } = [JsonValue.Create(1.0 / 3.0), JsonValue.Create(2.0 / 3.0)];

    [Option("split_num", Min = 1, Description = "Rows a pool; goes before split_ratios.")]
    public int? SplitNum { get; set; }

    [Option("ignore_stats", Description = "Cut the data as it stands instead of in the order of each statistic.")]
    public bool IgnoreStats { get; set; }

    public void Validate(Action<string, string> fault)
    {
        foreach (var ratio in SplitRatios.Where(r => Ratio(r) is not (> 0 and < 1)))
        {
            fault("split_ratios", $"{ratio.ToJsonString()} is no number or fraction between 0 and 1.");
        }
    }

    /// <summary>Where the pools begin and end, for a number of rows; the ratio's share is rounded to the nearest row.</summary>
    public IReadOnlyList<int> Cuts(int rows)
    {
        var inner = SplitNum is { } size
            ? Enumerable.Range(1, Math.Max(0, (rows - 1) / size)).Select(i => i * size)
            : SplitRatios.Select(r => (int)((rows * Ratio(r)!.Value) + 0.5));
        return [0, .. inner, rows];
    }

    private static double? Ratio(JsonNode node)
    {
        if (node.GetValueKind() == JsonValueKind.Number)
        {
            return node.GetValue<double>();
        }

        var parts = node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>().Split('/') : [];
        return parts.Length is 1 or 2 && Number(parts[0]) is { } numerator && Number(parts.Length == 2 ? parts[1] : "1") is { } denominator
            ? numerator / denominator
            : null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
