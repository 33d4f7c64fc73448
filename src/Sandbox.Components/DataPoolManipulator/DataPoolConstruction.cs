using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Files;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.DataPoolManipulator;

/// <summary>
/// Cuts a data set into pools: as it stands, or once for each statistic in the order of that statistic. Rows that are
/// equal in one statistic keep the order of the statistic before, as upstream. Gives the paths,
/// <c>STATISTIC/NAME_STATISTIC_PART.jsonl</c> or <c>NAME_ignore_stats_PART.jsonl</c>.
/// </summary>
internal sealed class DataPoolConstruction(DataPoolConstructionOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.DataPoolManipulator,
        Type = "data_pool_construction",
        Summary = "Splits analysed data into pools by the rank of each statistic.",
        OptionsType = typeof(DataPoolConstructionOptions),
        Create = o => new DataPoolConstruction((DataPoolConstructionOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var pools = DataPoolPaths.Existing(options.DatasetPath, context);
        _ = DataPoolPaths.Outputs(options.ExportPath, pools, string.Empty);
        var reader = new DataPoolReader(context, options.MaxBadRows);
        var results = new JsonArray();
        foreach (var pool in pools)
        {
            var (keys, rows) = await PoolStatistics.FindAsync(pool, reader, cancellationToken);
            if (rows == 0 || (keys.Count == 0 && !options.IgnoreStats))
            {
                throw new JobFailedException(rows == 0
                    ? $"{pool} has no rows to make pools of."
                    : $"{pool} has no numeric statistics: analyse it with export_original_dataset: true first, or set ignore_stats.");
            }

            using var spill = await RowSpill.CreateAsync(
                reader.LinesAsync(pool, cancellationToken), rows, null, context.Files.Scratch("rows.spill"), cancellationToken);
            var order = Enumerable.Range(0, rows).ToArray();
            foreach (var key in options.IgnoreStats ? ["ignore_stats"] : keys)
            {
                order = options.IgnoreStats ? order : await SortedAsync(order, pool, key, reader, cancellationToken);
                await WritePartsAsync(spill, order, pool, key, results, context, cancellationToken);
            }
        }

        return HookResult.One(results);
    }

    private static async Task<int[]> SortedAsync(
        int[] order, string pool, string key, DataPoolReader reader, CancellationToken cancellationToken)
    {
        var values = await PoolStatistics.ReadAsync(pool, key, order.Length, reader, cancellationToken);
        return [.. order.OrderBy(row => values[row])];
    }

    private async Task WritePartsAsync(
        RowSpill spill, int[] order, string pool, string key, JsonArray results, ComponentContext context, CancellationToken cancellationToken)
    {
        var directory = options.IgnoreStats ? options.ExportPath : Path.Combine(options.ExportPath, key);
        var cuts = options.Cuts(order.Length);
        for (var part = 0; part + 1 < cuts.Count; part++)
        {
            var (start, end) = (cuts[part], cuts[part + 1]);
            var output = Path.Combine(directory, FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(pool)}_{key}_{part}.jsonl"));
            await WholeFile.WriteAsync(context.Files.ResolveWrite(output), async target =>
            {
                for (var i = start; i < end; i++)
                {
                    await spill.WriteAsync(order[i], target, cancellationToken);
                }
            });
            results.Add(output);
        }
    }
}
