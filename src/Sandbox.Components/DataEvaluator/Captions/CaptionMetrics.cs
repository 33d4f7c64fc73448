using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.DataPools;
using Sandbox.Core.Components;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.DataEvaluator.Captions;

/// <summary>BLEU-1 to 4, METEOR, ROUGE-L and CIDEr of captions, as the COCO evaluation computes them, without Java. Gives
/// the figures of the corpus; those of every image go into the result file.</summary>
internal sealed partial class CaptionMetrics(CaptionMetricsOptions options) : IComponent
{
    private const int ProgressEvery = 100;

    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.DataEvaluator,
        Type = "caption_metrics",
        Summary = "Computes BLEU-1 to 4, METEOR, ROUGE-L and CIDEr of image captions, as the COCO evaluation does.",
        OptionsType = typeof(CaptionMetricsOptions),
        Create = o => new CaptionMetrics((CaptionMetricsOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var (images, left) = await CocoCaptions.ReadAsync(options, context.Files, cancellationToken);
        if (left > 0)
        {
            LogLeftOut(context.Logger, left, options.CandidatesPath);
        }

        var scores = CaptionScores.Of(
            images,
            options.WordnetDir,
            done => Report(context, done, images.Count),
            cancellationToken);
        foreach (var (metric, value) in scores.Corpus)
        {
            context.Watcher.Log($"{context.Job.WatchName}.{metric}", (double)value!);
        }

        var stages = string.Join(", ", scores.MeteorStages);
        LogStages(context.Logger, images.Count, stages);
        var corpus = (JsonObject)scores.Corpus.DeepClone();
        corpus["METEOR_stages"] = stages;
        if (!string.IsNullOrEmpty(options.ResultPath))
        {
            var result = new JsonObject { ["corpus"] = corpus.DeepClone(), ["images"] = scores.Images };
            await WholeFile.WriteTextAsync(
                context.Files.ResolveWrite(options.ResultPath), result.ToJsonString(DataPool.Json) + "\n", cancellationToken);
        }

        return HookResult.One(corpus);
    }

    private static void Report(ComponentContext context, int done, int total)
    {
        if (done % ProgressEvery == 0 || done == total)
        {
            context.Progress.Report(new JobProgress(done, total, "images", "scoring"));
        }
    }

    [LoggerMessage(3211, LogLevel.Warning, "{Images} images with references have no caption in {Path} and were left out.")]
    private static partial void LogLeftOut(ILogger logger, int images, string path);

    [LoggerMessage(3212, LogLevel.Information, "{Images} images scored; METEOR with the stages {Stages}.")]
    private static partial void LogStages(ILogger logger, int images, string stages);
}
