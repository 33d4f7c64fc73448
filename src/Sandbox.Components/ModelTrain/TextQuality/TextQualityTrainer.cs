using Microsoft.Extensions.Logging;
using Sandbox.Components.Texts;
using Sandbox.Components.TextQuality;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.ModelTrain.TextQuality;

/// <summary>Trains a quality classifier on good and bad texts, as upstream's tool does with Spark. Its result is the path of
/// the weights. The counts of all texts are held in memory.</summary>
internal sealed partial class TextQualityTrainer(TextQualityTrainingOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.ModelTrain,
        Type = "dj_text_quality_classifier",
        Summary = "Trains a text quality classifier (logistic regression over hashed words) on good and bad texts.",
        OptionsType = typeof(TextQualityTrainingOptions),
        Create = o => new TextQualityTrainer((TextQualityTrainingOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var rows = new List<LabelledCounts>();
        var good = await ReadAsync(options.PositiveDatasets, true, rows, context, cancellationToken);
        var bad = await ReadAsync(options.NegativeDatasets, false, rows, context, cancellationToken);
        if (good == 0 || bad == 0)
        {
            throw new JobFailedException("positive_datasets and negative_datasets must both hold texts: there is nothing to tell apart.");
        }

        var loss = new LogisticLoss(rows, options.NumFeatures);
        var point = new double[loss.Size];
        point[^1] = Math.Log((double)good / bad);
        var search = new LimitedMemoryBfgs(options.MaxIterations, options.Tolerance) { Iterated = (i, value) => Tell(context, i, value) };
        var end = search.Minimise(loss.At, point, cancellationToken);
        await loss.Model(point).SaveAsync(context.Files.ResolveWrite(options.ModelPath), cancellationToken);
        LogTrained(context.Logger, good, bad, end, options.ModelPath);
        return HookResult.One(options.ModelPath);
    }

    private async Task<int> ReadAsync(
        List<string> paths, bool isGood, List<LabelledCounts> rows, ComponentContext context, CancellationToken cancellationToken)
    {
        var before = rows.Count;
        var cut = WordCutter.Of(options.TokenizerPath, context.Files);
        await foreach (var text in new DatasetTexts(context, paths, options.TextKey, options.MaxBadRows).ReadAsync(cancellationToken))
        {
            rows.Add(new LabelledCounts(QualityModel.Count(cut(text), options.NumFeatures), isGood));
        }

        return rows.Count - before;
    }

    private void Tell(ComponentContext context, int iteration, double loss)
    {
        context.Watcher.Log(context.Job.WatchName + ".loss", loss, iteration);
        context.Progress.Report(new JobProgress(iteration, options.MaxIterations, "iterations", "training"));
    }

    [LoggerMessage(3311, LogLevel.Information, "Trained on {Good} good and {Bad} bad texts, loss {Loss}; the weights are in {Path}.")]
    private static partial void LogTrained(ILogger logger, int good, int bad, double loss, string path);
}
