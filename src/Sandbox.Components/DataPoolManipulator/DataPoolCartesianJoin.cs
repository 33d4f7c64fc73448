using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Files;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.DataPoolManipulator;

/// <summary>Options of <c>data_pool_cartesian_join</c>.</summary>
internal sealed class DataPoolCartesianJoinOptions : BadRowOptions
{
    [Option("dataset_path_1", Required = true, Path = PathAccess.Read, Description = "The first data pools: a path or a list.")]
    public IReadOnlyList<string> DatasetPath1 { get; set; } = [];

    [Option("dataset_path_2", Required = true, Path = PathAccess.Read, Description = "The second data pools: a path or a list.")]
    public IReadOnlyList<string> DatasetPath2 { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the joined pools.")]
    public string ExportPath { get; set; } = string.Empty;
}

/// <summary>Joins every row of a first pool with every row of a second one, for every pair of pools. Gives the paths,
/// <c>PREFIX_cartesian_join_I_J.jsonl</c>.</summary>
internal sealed class DataPoolCartesianJoin(DataPoolCartesianJoinOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.DataPoolManipulator,
        Type = "data_pool_cartesian_join",
        Summary = "Joins every row of one pool with every row of another.",
        OptionsType = typeof(DataPoolCartesianJoinOptions),
        Create = o => new DataPoolCartesianJoin((DataPoolCartesianJoinOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var firsts = DataPoolPaths.Existing(options.DatasetPath1, context);
        var seconds = DataPoolPaths.Existing(options.DatasetPath2, context);
        var reader = new DataPoolReader(context, options.MaxBadRows);
        var prefix = CommonPrefix.OrDefault($"{CommonPrefix.Of(firsts)}_{CommonPrefix.Of(seconds)}");
        var results = new JsonArray();
        for (var i = 0; i < firsts.Count; i++)
        {
            for (var j = 0; j < seconds.Count; j++)
            {
                var output = Path.Combine(options.ExportPath, FormattableString.Invariant($"{prefix}_cartesian_join_{i}_{j}.jsonl"));
                await JoinAsync(firsts[i], seconds[j], context.Files.ResolveWrite(output), reader, cancellationToken);
                results.Add(output);
            }
        }

        return HookResult.One(results);
    }

    private static Task JoinAsync(
        string first, string second, string file, DataPoolReader reader, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(file, async target =>
        {
            await foreach (var left in reader.ReadAsync(first, cancellationToken))
            {
                await foreach (var right in reader.ReadAsync(second, cancellationToken))
                {
                    await target.WriteAsync(Encoding.UTF8.GetBytes(Joined(left, right, first, second) + "\n"), cancellationToken);
                }
            }
        });

    private static string Joined(JsonObject left, JsonObject right, string first, string second)
    {
        var row = (JsonObject)left.DeepClone();
        foreach (var (key, value) in right)
        {
            if (!row.TryAdd(key, value?.DeepClone()))
            {
                throw new JobFailedException($"{first} and {second} both have the field \"{key}\": rename it in one of them.");
            }
        }

        return row.ToJsonString(DataPool.Json);
    }
}
