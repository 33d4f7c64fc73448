using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.Texts;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Data.LanguageModels;

namespace Sandbox.Components.ModelEvaluation.Perplexity;

/// <summary>How well a language model foretells a held-out text. Its results are the perplexity, the number of tokens and
/// the number of unknown words, as KenLM counts them.</summary>
internal sealed partial class PerplexityComponent(PerplexityOptions options) : IComponent
{
    private const int ProgressEvery = 1000;

    /// <summary>The component type <c>perplexity</c>.</summary>
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.ModelEvaluator,
        Type = "perplexity",
        Summary = "Measures the perplexity of an n-gram language model on a held-out data set.",
        OptionsType = typeof(PerplexityOptions),
        Results = 3,
        Create = options => new PerplexityComponent((PerplexityOptions)options),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        context.Progress.Report(new JobProgress(0, null, "texts", "reading the model"));
        var model = NgramModel.Load(context.Files.ResolveRead(options.ModelPath), options.ModelPath, cancellationToken);
        var unit = options.Unit is { Length: > 0 } given ? TextUnitNames.Parse(given) : model.GuessedUnit;
        var score = await ScoreAsync(model, unit, context, cancellationToken);
        if (score.Tokens == 0)
        {
            throw new JobFailedException(
                $"{string.Join(", ", options.DatasetPath)} holds no word under \"{options.TextKey}\": there is no perplexity of nothing.");
        }

        var name = context.Job.WatchName;
        context.Watcher.Log($"{name}.perplexity_without_unknown", score.PerplexityWithoutUnknown);

        // The result itself comes last: displays show the newest metric of a job.
        context.Watcher.Log($"{name}.perplexity", score.Perplexity);
        LogScore(context.Logger, score.Perplexity, score.Tokens, score.Unknown, options.ModelPath);
        return new HookResult([JsonValue.Create(score.Perplexity), JsonValue.Create(score.Tokens), JsonValue.Create(score.Unknown)]);
    }

    private async Task<SentenceScore> ScoreAsync(
        NgramModel model, TextUnit unit, ComponentContext context, CancellationToken cancellationToken)
    {
        var (score, texts) = (default(SentenceScore), 0L);
        var source = new DatasetTexts(context, options.DatasetPath, options.TextKey, options.MaxBadRows);
        await foreach (var text in source.ReadAsync(cancellationToken))
        {
            score += model.ScoreText(text, unit);
            if (++texts % ProgressEvery == 0)
            {
                context.Progress.Report(new JobProgress(texts, null, "texts", "scoring"));
            }
        }

        return score;
    }

    [LoggerMessage(EventId = 2201, EventName = "PerplexityMeasured", Level = LogLevel.Information,
        Message = "Perplexity {Perplexity} over {Tokens} tokens, {Unknown} of them unknown to {Model}.")]
    private static partial void LogScore(ILogger logger, double perplexity, long tokens, long unknown, string model);
}
