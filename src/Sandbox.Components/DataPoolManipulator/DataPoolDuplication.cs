using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Files;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Hooks;
using Sandbox.Data.Sampling;

namespace Sandbox.Components.DataPoolManipulator;

/// <summary>Options of <c>data_pool_duplication</c>.</summary>
internal sealed class DataPoolDuplicationOptions : BadRowOptions, IValidatableOptions
{
    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data pools: a path or a list.")]
    public IReadOnlyList<string> DatasetPath { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the repeated pools.")]
    public string ExportPath { get; set; } = string.Empty;

    [Option("duplicating_times", Required = true, Description = "How many times each row comes in the result; a list gives a pool each.")]
    public IReadOnlyList<int> DuplicatingTimes { get; set; } = [];

    [Option("shuffle", Description = "Whether the rows of a result are shuffled.")]
    public bool Shuffle { get; set; }

    [Option("shuffle_seed", Min = 0, Description = "Seed of the shuffle.")]
    public long ShuffleSeed { get; set; } = 42;

    public void Validate(Action<string, string> fault)
    {
        if (DuplicatingTimes.Any(t => t < 1))
        {
            fault("duplicating_times", "option \"duplicating_times\" must hold whole numbers of 1 and above.");
        }
    }
}

/// <summary>Repeats each pool as a whole, and shuffles the result where asked for: the same rows as upstream. Gives the
/// paths, <c>NAME_xTIMES.jsonl</c>.</summary>
internal sealed class DataPoolDuplication(DataPoolDuplicationOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.DataPoolManipulator,
        Type = "data_pool_duplication",
        Summary = "Repeats data pools.",
        OptionsType = typeof(DataPoolDuplicationOptions),
        Create = o => new DataPoolDuplication((DataPoolDuplicationOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var pools = DataPoolPaths.Existing(options.DatasetPath, context);
        var outputs = options.DuplicatingTimes.Distinct().ToDictionary(
            t => t, t => DataPoolPaths.Outputs(options.ExportPath, pools, FormattableString.Invariant($"_x{t}")));
        var reader = new DataPoolReader(context, options.MaxBadRows);
        var results = new JsonArray();
        for (var i = 0; i < pools.Count; i++)
        {
            foreach (var times in options.DuplicatingTimes)
            {
                await (options.Shuffle
                    ? ShuffleAsync(pools[i], times, outputs[times][i], reader, context.Files, cancellationToken)
                    : RepeatAsync(pools[i], times, outputs[times][i], reader, context.Files, cancellationToken));
                results.Add(outputs[times][i]);
            }
        }

        return HookResult.One(results);
    }

    private static Task RepeatAsync(
        string pool, int times, string output, DataPoolReader reader, IJobFiles files, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(files.ResolveWrite(output), async target =>
        {
            for (var i = 0; i < times; i++)
            {
                await foreach (var line in reader.LinesAsync(pool, cancellationToken))
                {
                    await target.WriteAsync(line, cancellationToken);
                }
            }
        });

    private async Task ShuffleAsync(
        string pool, int times, string output, DataPoolReader reader, IJobFiles files, CancellationToken cancellationToken)
    {
        var rows = await reader.CountAsync(pool, cancellationToken);
        var order = new NumpyRandom(options.ShuffleSeed).Permutation(checked(rows * times));
        for (var i = 0; i < order.Length; i++)
        {
            order[i] %= rows;
        }

        await ShuffledPool.WriteAsync(pool, rows, order, output, reader, files, cancellationToken);
    }
}
