using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Files;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.DataPoolManipulator;

/// <summary>Options of <c>data_pool_combination</c>.</summary>
internal sealed class DataPoolCombinationOptions
{
    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data pools in the order of their ranks.")]
    public IReadOnlyList<string> DatasetPath { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the combined pools.")]
    public string ExportPath { get; set; } = string.Empty;
}

/// <summary>
/// Writes, for every combination of the pools, the rows that all of them hold, each once. Memory is some 40 bytes a
/// distinct row: which pools it is in. Gives the paths, <c>PREFIX_top_RANKS_num_ROWS.jsonl</c>; empty ones are left out.
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

        var members = await MembersAsync(pools, context, cancellationToken);
        var prefix = CommonPrefix.OrDefault(CommonPrefix.Of(pools));
        var results = new JsonArray();
        foreach (var combination in Combinations(pools.Count))
        {
            var rows = members.Values.Count(m => (m & combination) == combination);
            if (rows > 0)
            {
                var name = FormattableString.Invariant($"{prefix}_top_{Ranks(combination)}_num_{rows}.jsonl");
                var output = Path.Combine(options.ExportPath, name);
                await WriteAsync(pools[BitOperations.TrailingZeroCount(combination)], combination, members, output, context, cancellationToken);
                results.Add(output);
            }
        }

        return HookResult.One(results);
    }

    /// <summary>All combinations as bits, in upstream's order: by size, then by the last rank, then by the ones before.</summary>
    internal static IEnumerable<int> Combinations(int pools) =>
        Enumerable.Range(1, (1 << pools) - 1).OrderBy(c => BitOperations.PopCount((uint)c));

    // By row: the pools that hold it, as bits.
    private static async Task<Dictionary<UInt128, int>> MembersAsync(
        IReadOnlyList<string> pools, ComponentContext context, CancellationToken cancellationToken)
    {
        var members = new Dictionary<UInt128, int>();
        for (var rank = 0; rank < pools.Count; rank++)
        {
            await foreach (var row in DataPool.ReadAsync(pools[rank], context, cancellationToken))
            {
                var identity = RowIdentity.Of(row);
                members[identity] = members.GetValueOrDefault(identity) | (1 << rank);
            }
        }

        return members;
    }

    private static Task WriteAsync(
        string pool, int combination, Dictionary<UInt128, int> members, string output, ComponentContext context, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(context.Files.ResolveWrite(output), async target =>
        {
            var written = new HashSet<UInt128>();
            await foreach (var row in DataPool.ReadAsync(pool, context, cancellationToken))
            {
                var identity = RowIdentity.Of(row);
                if ((members[identity] & combination) == combination && written.Add(identity))
                {
                    await target.WriteAsync(Encoding.UTF8.GetBytes(row.ToJsonString(DataPool.Json) + "\n"), cancellationToken);
                }
            }
        });

    private static string Ranks(int combination) =>
        string.Join('_', Enumerable.Range(0, MostPools).Where(rank => (combination & (1 << rank)) != 0));
}
