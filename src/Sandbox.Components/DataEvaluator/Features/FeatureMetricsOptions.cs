using Sandbox.Core.Components.Options;

namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>Options of <c>feature_metrics</c>.</summary>
internal sealed class FeatureMetricsOptions : IValidatableOptions
{
    private static readonly string[] Pairs = [FeatureMetricNames.Fid, FeatureMetricNames.Fvd, FeatureMetricNames.Kid, FeatureMetricNames.Precision];

    [Option("metrics", Required = true, Description = "What to compute: fid, fvd, kid, inception_score, precision_recall.")]
    public List<string> Metrics { get; set; } = [];

    [Option("generated_path", Path = PathAccess.Read, Description = "Features of the generated data: a .npy matrix, one row a sample.")]
    public string? GeneratedPath { get; set; }

    [Option("real_path", Path = PathAccess.Read, Description = "Features of the real data, as many columns; not needed for inception_score.")]
    public string? RealPath { get; set; }

    [Option("logits_path", Path = PathAccess.Read, Description = "For inception_score: the classifier's outputs for the generated data, before the softmax.")]
    public string? LogitsPath { get; set; }

    [Option("splits", Min = 1, Max = 1000, Description = "For inception_score: parts that the rows are cut into.")]
    public int Splits { get; set; } = 10;

    [Option("neighbours", Min = 1, Max = 1000, Description = "For precision_recall: a row reaches to this nearest other row.")]
    public int Neighbours { get; set; } = 3;

    [Option("subsets", Min = 0, Max = 10000, Description = "For kid: random subsets to average over, where there are more rows than subset_size or unequal numbers; 0 takes all rows at once.")]
    public int Subsets { get; set; }

    [Option("subset_size", Min = 2, Max = 100000, Description = "For kid: rows of a subset.")]
    public int SubsetSize { get; set; } = 1000;

    [Option("seed", Min = 0, Max = uint.MaxValue, Description = "For kid: seed of the subsets.")]
    public long Seed { get; set; }

    [Option("result_path", Path = PathAccess.Write, Description = "A JSON file for the figures.")]
    public string? ResultPath { get; set; }

    public void Validate(Action<string, string> fault)
    {
        foreach (var unknown in Metrics.Where(m => m.Length > 0 && !FeatureMetricNames.All.Contains(m, StringComparer.Ordinal)))
        {
            fault("metrics", $"unknown metric \"{unknown}\": there are {string.Join(", ", FeatureMetricNames.All)}."
                + Core.Faults.Suggestion.For(unknown, FeatureMetricNames.All));
        }

        Need("generated_path", GeneratedPath, Metrics.Any(Pairs.Contains), fault);
        Need("real_path", RealPath, Metrics.Any(Pairs.Contains), fault);
        Need("logits_path", LogitsPath, Metrics.Contains(FeatureMetricNames.Inception), fault);
    }

    private static void Need(string key, string? value, bool isNeeded, Action<string, string> fault)
    {
        if (isNeeded && value is null)
        {
            fault(key, $"option \"{key}\" is required for these metrics.");
        }
    }
}
