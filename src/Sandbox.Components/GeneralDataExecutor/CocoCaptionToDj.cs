using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Files;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.GeneralDataExecutor;

/// <summary>Adds <c>images</c> and <c>text</c> (the caption behind an image token) to every row of InternVL's COCO caption
/// format. Gives the paths, <c>NAME_dj_fmt.jsonl</c>.</summary>
internal sealed class CocoCaptionToDj(RowConversionOptions options) : IComponent
{
    private const string ImageToken = "<__dj__image>";

    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.GeneralDataExecutor,
        Type = "coco_caption_to_dj_conversion",
        Summary = "Converts COCO captions to Data-Juicer's format.",
        OptionsType = typeof(RowConversionOptions),
        Create = o => new CocoCaptionToDj((RowConversionOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var sources = DataPoolPaths.Existing(options.DatasetPath, context);
        var outputs = DataPoolPaths.Outputs(options.ExportPath, sources, "_dj_fmt");
        var reader = new DataPoolReader(context, options.MaxBadRows);
        foreach (var (source, output) in sources.Zip(outputs))
        {
            await WholeFile.WriteAsync(context.Files.ResolveWrite(output), async target =>
            {
                await foreach (var row in reader.RowsAsync(source, cancellationToken))
                {
                    var caption = DataPool.ToJson(row);
                    Convert(caption, source, row.Number);
                    await target.WriteAsync(Encoding.UTF8.GetBytes(caption.ToJsonString(DataPool.Json) + "\n"), cancellationToken);
                }
            });
        }

        return HookResult.One(new JsonArray([.. outputs.Select(o => JsonValue.Create(o))]));
    }

    private static void Convert(JsonObject caption, string source, long row)
    {
        var turns = caption["conversations"] as JsonArray;
        if (caption["image"] is not JsonValue image || turns is not { Count: > 1 } || (turns[1] as JsonObject)?["value"] is not JsonValue text)
        {
            throw new JobFailedException(FormattableString.Invariant(
                $"{source}, row {row}: a COCO caption needs \"image\" and a \"value\" in the second of its \"conversations\"."));
        }

        caption["images"] = new JsonArray(image.DeepClone());
        caption["text"] = $"{ImageToken} {text}";
    }
}
