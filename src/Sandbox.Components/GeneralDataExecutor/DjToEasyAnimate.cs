using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Files;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.GeneralDataExecutor;

/// <summary>Converts a JSON list of videos to the one that EasyAnimate trains from: <c>file_path</c> is the first video,
/// video tokens leave the text, rows without a video are dropped. Gives the paths, <c>NAME_ea_fmt.json</c>.</summary>
internal sealed class DjToEasyAnimate(ListConversionOptions options) : IComponent
{
    private const string VideoToken = "<__dj__video>";

    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.GeneralDataExecutor,
        Type = "dj_to_easyanimate_video_dataset_conversion",
        Summary = "Converts a video data set to EasyAnimate's format.",
        OptionsType = typeof(ListConversionOptions),
        Create = o => new DjToEasyAnimate((ListConversionOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var sources = DataPoolPaths.Existing(options.DatasetPath, context);
        _ = DataPoolPaths.Outputs(options.ExportPath, sources, string.Empty);
        var results = new JsonArray();
        foreach (var source in sources)
        {
            var output = Path.Combine(options.ExportPath, Path.GetFileNameWithoutExtension(source) + "_ea_fmt.json");
            await ConvertAsync(source, output, context, cancellationToken);
            results.Add(output);
        }

        return HookResult.One(results);
    }

    private static Task ConvertAsync(string source, string output, ComponentContext context, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(context.Files.ResolveWrite(output), async target =>
        {
            await using var input = File.OpenRead(context.Files.ResolveRead(source));
            var (row, separator) = (0L, "[");
            await foreach (var video in ReadAsync(input, source, cancellationToken))
            {
                row++;
                if (Convert(video, source, row) is { } converted)
                {
                    await target.WriteAsync(System.Text.Encoding.UTF8.GetBytes(separator + converted.ToJsonString(DataPool.Json)), cancellationToken);
                    separator = ", ";
                }
            }

            await target.WriteAsync(separator == "[" ? "[]"u8.ToArray() : "]"u8.ToArray(), cancellationToken);
        });

    private static async IAsyncEnumerable<JsonNode?> ReadAsync(
        Stream input, string source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = JsonSerializer.DeserializeAsyncEnumerable<JsonNode?>(input, cancellationToken: cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(rows, source))
        {
            yield return rows.Current;
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<JsonNode?> rows, string source)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (JsonException e)
        {
            throw new JobFailedException($"{source}: a JSON list of videos is needed: {e.Message}", e);
        }
    }

    private static JsonObject? Convert(JsonNode? node, string source, long row)
    {
        if (node is not JsonObject video || video["text"] is not JsonValue text || video["videos"] is not JsonArray videos)
        {
            throw new JobFailedException(FormattableString.Invariant($"{source}, row {row}: a video needs \"text\" and a list \"videos\"."));
        }

        if (videos.Count == 0)
        {
            return null;
        }

        video["text"] = text.ToString().Replace(VideoToken, string.Empty, StringComparison.Ordinal).Trim();
        video["file_path"] = videos[0]?.DeepClone();
        return video;
    }
}
