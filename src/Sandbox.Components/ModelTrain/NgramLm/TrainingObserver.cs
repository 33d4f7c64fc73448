using System.Globalization;
using Microsoft.Extensions.Logging;
using Sandbox.Core.Components;
using Sandbox.Data.LanguageModels;

namespace Sandbox.Components.ModelTrain.NgramLm;

/// <summary>Tells the job how far the training is: progress, the loss as a metric, and what the user should know.</summary>
internal sealed partial class TrainingObserver(ComponentContext context) : INgramTrainingObserver
{
    private readonly ILogger _logger = context.Logger;

    public void Progress(string phase, long done, long? total, string unit) =>
        context.Progress.Report(new JobProgress(done, total, unit, phase));

    public void Loss(int percent, long tokens, double loss)
    {
        context.Watcher.Log($"{context.Job.WatchName}.loss", loss, percent);
        LogLoss(percent, tokens, loss.ToString("F4", CultureInfo.InvariantCulture));
    }

    public void DiscountFallback(int length, string problem) => LogFallback(length, problem);

    /// <summary>The model is written.</summary>
    public void Finished(NgramTrainingSummary summary, string path)
    {
        if (summary.SkippedMarks > 0)
        {
            LogSkippedMarks(summary.SkippedMarks);
        }

        LogFinished(path, summary.Sentences, summary.Tokens, summary.Unknown);
    }

    [LoggerMessage(EventId = 2101, EventName = "NgramLoss", Level = LogLevel.Information,
        Message = "Loss after {Percent} % of the data ({Tokens} tokens): {Loss} nats a token.")]
    private partial void LogLoss(int percent, long tokens, string loss);

    [LoggerMessage(EventId = 2102, EventName = "NgramDiscountFallback", Level = LogLevel.Warning,
        Message = "The data is too small or too regular to estimate discounts for order {Order}: {Problem}. The discounts of discount_fallback are used for this order.")]
    private partial void LogFallback(int order, string problem);

    [LoggerMessage(EventId = 2103, EventName = "NgramSkippedMarks", Level = LogLevel.Warning,
        Message = "The texts hold <s> or </s> {Count} times; these mark sentences in the model and counted as white space.")]
    private partial void LogSkippedMarks(long count);

    [LoggerMessage(EventId = 2104, EventName = "NgramModelWritten", Level = LogLevel.Information,
        Message = "Wrote {Path}: {Sentences} sentences, {Tokens} tokens, {Unknown} of them <unk>.")]
    private partial void LogFinished(string path, long sentences, long tokens, long unknown);
}
