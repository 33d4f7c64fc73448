using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.Python;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.GeneralProbe;

/// <summary>Gives the paths of data pools in the order of their metrics; pools that rank the same keep their order.</summary>
internal sealed partial class DataPoolRanking(DataPoolRankingOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.GeneralProbe,
        Type = "data_pool_ranking",
        Summary = "Ranks data pools by their metrics.",
        OptionsType = typeof(DataPoolRankingOptions),
        Create = o => new DataPoolRanking((DataPoolRankingOptions)o),
    };

    public Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        if (options.DatasetPath.Count != options.Metrics.Count)
        {
            throw new JobFailedException(FormattableString.Invariant(
                $"there are {options.Metrics.Count} metrics for {options.DatasetPath.Count} data pools: give one for each."));
        }

        var keys = ExistingKeys(context.Logger);
        var pools = options.DatasetPath.Select((path, i) => (Path: path, Rank: RankOf(options.Metrics[i], keys)));
        var order = Comparer<JsonNode?>.Create(PythonOrder.Compare);
        var ranked = options.Descending ? pools.OrderByDescending(p => p.Rank, order) : pools.OrderBy(p => p.Rank, order);
        var best = ranked.Select(p => (JsonNode?)JsonValue.Create(p.Path)).Take(options.TopN ?? int.MaxValue);
        return Task.FromResult(HookResult.One(new JsonArray([.. best])));
    }

    // Upstream looks for the keys in the first metric only.
    private List<string> ExistingKeys(ILogger logger)
    {
        var missing = options.RankingKeys.Where(k => NestedKey.Find(options.Metrics[0], k) is null).ToList();
        if (missing.Count > 0)
        {
            LogMissing(logger, string.Join(", ", missing));
        }

        return [.. options.RankingKeys.Except(missing, StringComparer.Ordinal)];
    }

    private static JsonNode RankOf(JsonNode metric, List<string> keys) =>
        keys.Count == 0 ? metric : new JsonArray([.. keys.Select(k => NestedKey.Find(metric, k)?.DeepClone())]);

    [LoggerMessage(3301, LogLevel.Error, "Ranking keys that the first metric does not have are left out: {Keys}")]
    private static partial void LogMissing(ILogger logger, string keys);
}
