using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Files;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.DataPoolManipulator;

/// <summary>Options of <c>data_pool_merging</c>.</summary>
internal sealed class DataPoolMergingOptions : BadRowOptions
{
    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data pools: a path or a list.")]
    public IReadOnlyList<string> DatasetPath { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the merged pool.")]
    public string ExportPath { get; set; } = string.Empty;
}

/// <summary>Writes the rows of all pools, one after the other, to <c>PREFIX_merged.jsonl</c>; gives its path.</summary>
internal sealed class DataPoolMerging(DataPoolMergingOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.DataPoolManipulator,
        Type = "data_pool_merging",
        Summary = "Merges data pools into one.",
        OptionsType = typeof(DataPoolMergingOptions),
        Create = o => new DataPoolMerging((DataPoolMergingOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var pools = DataPoolPaths.Existing(options.DatasetPath, context);
        var output = Path.Combine(options.ExportPath, CommonPrefix.OrDefault(CommonPrefix.Of(pools)) + "_merged.jsonl");
        var reader = new DataPoolReader(context, options.MaxBadRows);
        await WholeFile.WriteAsync(context.Files.ResolveWrite(output), async target =>
        {
            foreach (var pool in pools)
            {
                await foreach (var line in reader.LinesAsync(pool, cancellationToken))
                {
                    await target.WriteAsync(line, cancellationToken);
                }
            }
        });
        return HookResult.One(JsonValue.Create(output));
    }
}
