using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.GeneralProbe;

/// <summary>Options of <c>data_pool_ranking</c>.</summary>
internal sealed class DataPoolRankingOptions : IValidatableOptions
{
    // Not a path that is read: the ranking only names the pools.
    [Option("dataset_path", Required = true, Description = "The data pools to rank.")]
    public IReadOnlyList<string> DatasetPath { get; set; } = [];

    [Option("metrics", Required = true, Description = "The metrics of the data pools, in the same order.")]
    public IReadOnlyList<JsonNode> Metrics { get; set; } = [];

    [Option("ranking_keys", Description = "Keys of the metrics to rank by, the first first; dots go into nested values. Without any, the metric itself.")]
    public IReadOnlyList<string> RankingKeys { get; set; } = [];

    [Option("descending", Description = "Whether the largest comes first.")]
    public bool Descending { get; set; } = true;

    [Option("top_n", Min = 0, Description = "Give only so many, the best ones; without it all.")]
    public int? TopN { get; set; }

    public void Validate(Action<string, string> fault)
    {
        var pools = DatasetPath.Count(p => p.Length > 0);
        if (pools > 0 && Metrics.Count > 0 && pools != Metrics.Count)
        {
            fault("metrics", FormattableString.Invariant($"there are {Metrics.Count} metrics for {pools} data pools: give one for each."));
        }
    }
}
