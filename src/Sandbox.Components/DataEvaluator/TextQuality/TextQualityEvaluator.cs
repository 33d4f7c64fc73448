using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.DataPools;
using Sandbox.Components.Texts;
using Sandbox.Components.TextQuality;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.DataEvaluator.TextQuality;

/// <summary>Scores each text by a quality classifier; its result is the mean score, as upstream's.</summary>
internal sealed partial class TextQualityEvaluator(ProcessSupervision supervision, TextQualityOptions options) : IComponent
{
    private const int ProgressEvery = 1000;
    private const double ParetoShape = 9;

    public static ComponentDescriptor Descriptor(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.DataEvaluator,
        Type = "dj_text_quality_classifier",
        Summary = "Scores the quality of texts by a logistic regression over hashed words; the result is the mean score.",
        OptionsType = typeof(TextQualityOptions),
        Create = o => new TextQualityEvaluator(supervision, (TextQualityOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(options.ModelPath))
        {
            return await new TextQualityTool(supervision, options).RunAsync(context, cancellationToken);
        }

        var model = await QualityModel.LoadAsync(context.Files.ResolveRead(options.ModelPath), options.ModelPath, cancellationToken);
        var tally = new Tally();
        if (string.IsNullOrEmpty(options.ResultPath))
        {
            await ScoreAsync(model, tally, context, output: null, cancellationToken);
        }
        else
        {
            await WholeFile.WriteAsync(
                context.Files.ResolveWrite(options.ResultPath),
                output => ScoreAsync(model, tally, context, output, cancellationToken));
        }

        if (tally.Texts == 0)
        {
            throw new JobFailedException($"{string.Join(", ", options.DatasetPath)} holds no text to score.");
        }

        var mean = tally.Sum / tally.Texts;
        context.Watcher.Log(context.Job.WatchName + ".kept_share", (double)tally.Kept / tally.Texts);
        LogScored(context.Logger, tally.Texts, mean, tally.Kept);
        return HookResult.One(JsonValue.Create(mean));
    }

    private async Task ScoreAsync(QualityModel model, Tally tally, ComponentContext context, Stream? output, CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed);
        var cut = WordCutter.Of(options.TokenizerPath, context.Files);
        await foreach (var (row, text) in new DatasetTexts(context, options.DatasetPath, options.TextKey, options.MaxBadRows).ReadRowsAsync(cancellationToken))
        {
            var score = QualityModel.Probability(model.Margin(cut(text)));
            var keep = options.KeepMethod == "label" ? score > 0.5 : score > 1 - Pareto(random);
            tally.Add(score, keep);
            if (output is not null)
            {
                var json = row.ToJson();
                (json["doc_score"], json["should_keep"]) = (score, keep ? 1 : 0);
                await output.WriteAsync(Encoding.UTF8.GetBytes(json.ToJsonString(DataPool.Json) + "\n"), cancellationToken);
            }

            if (tally.Texts % ProgressEvery == 0)
            {
                context.Progress.Report(new JobProgress(tally.Texts, null, "texts", "scoring"));
            }
        }
    }

    private static double Pareto(Random random) => Math.Pow(1 - random.NextDouble(), -1 / ParetoShape) - 1;

    private sealed class Tally
    {
        public long Texts { get; private set; }

        public long Kept { get; private set; }

        public double Sum { get; private set; }

        public void Add(double score, bool keep)
        {
            Texts++;
            Sum += score;
            Kept += keep ? 1 : 0;
        }
    }

    [LoggerMessage(3221, LogLevel.Information, "{Texts} texts scored: mean {Mean}, {Kept} to keep.")]
    private static partial void LogScored(ILogger logger, long texts, double mean, long kept);
}
