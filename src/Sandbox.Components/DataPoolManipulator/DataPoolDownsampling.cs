using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.DataPools;
using Sandbox.Core.Components;
using Sandbox.Core.Hooks;
using Sandbox.Data.Sampling;

namespace Sandbox.Components.DataPoolManipulator;

/// <summary>
/// Keeps a random subset of each data pool: the first rows of numpy's <c>default_rng(seed).permutation(rows)</c>, in that
/// order, hence the same rows as upstream. Gives the paths, <c>NAME_COUNT.jsonl</c> in the export directory.
/// </summary>
internal sealed partial class DataPoolDownsampling(DataPoolDownsamplingOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.DataPoolManipulator,
        Type = "data_pool_downsampling",
        Summary = "Keeps a random subset of each data pool.",
        OptionsType = typeof(DataPoolDownsamplingOptions),
        Create = o => new DataPoolDownsampling((DataPoolDownsamplingOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var pools = DataPoolPaths.Existing(options.DatasetPath, context);
        var reader = new DataPoolReader(context, options.MaxBadRows);
        var counts = new List<int>();
        foreach (var pool in pools)
        {
            counts.Add(await reader.CountAsync(pool, cancellationToken));
        }

        var target = options.TargetNumSamples ?? counts.Min();
        var outputs = DataPoolPaths.Outputs(options.ExportPath, pools, FormattableString.Invariant($"_{target}"));
        for (var i = 0; i < pools.Count; i++)
        {
            context.Progress.Report(new JobProgress(i, pools.Count, "pools", pools[i]));
            var order = new NumpyRandom(options.ChosenSeed).Permutation(counts[i]).AsMemory(0, Math.Min(target, counts[i]));
            await ShuffledPool.WriteAsync(pools[i], counts[i], order, outputs[i], reader, context.Files, cancellationToken);
            LogSampled(context.Logger, pools[i], order.Length, counts[i], outputs[i]);
        }

        return HookResult.One(new JsonArray([.. outputs.Select(o => JsonValue.Create(o))]));
    }

    [LoggerMessage(3402, LogLevel.Information, "{Pool}: {Kept} of {Rows} rows to {Output}")]
    private static partial void LogSampled(ILogger logger, string pool, int kept, int rows, string output);
}
