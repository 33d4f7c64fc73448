using System.Numerics;
using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Files;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.DataPoolManipulator;

/// <summary>Options of <c>data_pool_combination</c>.</summary>
internal sealed class DataPoolCombinationOptions : BadRowOptions
{
    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data pools in the order of their ranks.")]
    public IReadOnlyList<string> DatasetPath { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the combined pools.")]
    public string ExportPath { get; set; } = string.Empty;
}

/// <summary>
/// Writes, for every combination of the pools, the rows that all of them hold, each once. Memory is four bytes a row. Gives the paths, <c>PREFIX_top_RANKS_num_ROWS.jsonl</c>; empty ones are left out.
/// Rows come in the order of the combination's first pool (upstream: that of a hash set, which changes).
/// </summary>
internal sealed class DataPoolCombination(DataPoolCombinationOptions options) : IComponent
{
    private const int MostPools = 16;

    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.DataPoolManipulator,
        Type = "data_pool_combination",
        Summary = "Intersects data pools in all combinations.",
        OptionsType = typeof(DataPoolCombinationOptions),
        Create = o => new DataPoolCombination((DataPoolCombinationOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var pools = DataPoolPaths.Existing(options.DatasetPath, context);
        if (pools.Count > MostPools)
        {
            throw new JobFailedException(FormattableString.Invariant(
                $"{pools.Count} data pools have {BigInteger.Pow(2, pools.Count) - 1} combinations: give at most {MostPools} pools."));
        }

        var reader = new DataPoolReader(context, options.MaxBadRows);
        var members = await PoolMembership.ReadAsync(pools, reader, context.Files, cancellationToken);
        var prefix = CommonPrefix.OrDefault(CommonPrefix.Of(pools));
        var results = new JsonArray();
        foreach (var combination in Combinations(pools.Count))
        {
            var rows = members.Count(combination);
            if (rows > 0)
            {
                var name = FormattableString.Invariant($"{prefix}_top_{Ranks(combination)}_num_{rows}.jsonl");
                var output = Path.Combine(options.ExportPath, name);
                var first = BitOperations.TrailingZeroCount(combination);
                await WriteAsync(pools[first], combination, members.Of(first), context.Files.ResolveWrite(output), reader, cancellationToken);
                results.Add(output);
            }
        }

        return HookResult.One(results);
    }

    /// <summary>All combinations as bits, in upstream's order: by size, then by the last rank, then by the ones before.</summary>
    internal static IEnumerable<int> Combinations(int pools) =>
        Enumerable.Range(1, (1 << pools) - 1).OrderBy(c => BitOperations.PopCount((uint)c));

    private static Task WriteAsync(
        string pool, int combination, IReadOnlyList<int> masks, string file, DataPoolReader reader, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(file, async target =>
        {
            var row = 0;
            await foreach (var line in reader.LinesAsync(pool, cancellationToken))
            {
                if ((masks[row++] & combination) == combination)
                {
                    await target.WriteAsync(line, cancellationToken);
                }
            }
        });

    private static string Ranks(int combination) =>
        string.Join('_', Enumerable.Range(0, MostPools).Where(rank => (combination & (1 << rank)) != 0));
}
