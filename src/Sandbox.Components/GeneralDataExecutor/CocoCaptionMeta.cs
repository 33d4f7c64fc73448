using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Files;
using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.GeneralDataExecutor;

/// <summary>Writes the meta file that InternVL's training reads for each data set: where it lies and how many rows it has.
/// Gives the paths, <c>NAME_meta.json</c>.</summary>
internal sealed class CocoCaptionMeta(CocoCaptionMetaOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.GeneralDataExecutor,
        Type = "coco_caption_meta_generation",
        Summary = "Writes the meta files that InternVL trains from.",
        OptionsType = typeof(CocoCaptionMetaOptions),
        Create = o => new CocoCaptionMeta((CocoCaptionMetaOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var sources = DataPoolPaths.Existing(options.DatasetPath, context);
        var root = context.Files.FullPath(options.DataRootPath);
        var reader = new DataPoolReader(context, options.MaxBadRows);
        var results = new JsonArray();
        foreach (var source in sources)
        {
            var name = Path.GetFileNameWithoutExtension(source);
            var meta = new JsonObject
            {
                [name] = new JsonObject
                {
                    ["root"] = "data/coco/",

                    // The published path, since the training reads it later and elsewhere.
                    ["annotation"] = Path.GetRelativePath(root, context.Files.FullPath(source)),
                    ["data_augment"] = false,
                    ["repeat_time"] = 1,
                    ["length"] = await reader.CountAsync(source, cancellationToken),
                },
            };
            var output = Path.Combine(options.ExportPath, $"{name}_meta.json");
            await WholeFile.WriteTextAsync(context.Files.ResolveWrite(output), meta.ToJsonString(DataPool.Json), cancellationToken);
            results.Add(output);
        }

        return HookResult.One(results);
    }
}
