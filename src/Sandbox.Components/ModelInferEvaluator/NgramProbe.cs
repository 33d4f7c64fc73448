using System.Text.Json.Nodes;
using Sandbox.Components.ModelProbe;
using Sandbox.Components.Texts;
using Sandbox.Core.Components;
using Sandbox.Core.Hooks;
using Sandbox.Data.LanguageModels;

namespace Sandbox.Components.ModelInferEvaluator;

/// <summary>Scores samples by an n-gram model: the mean loss of a token in nats, and the share of words that the model does
/// not know.</summary>
internal sealed class NgramProbe(NgramProbeOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.ModelInferEvaluator,
        Type = "ngram_lm",
        Summary = "Scores samples by the loss of an n-gram language model.",
        OptionsType = typeof(NgramProbeOptions),
        Create = o => new NgramProbe((NgramProbeOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var model = NgramModel.Load(context.Files.ResolveRead(options.ModelPath), options.ModelPath, cancellationToken);
        var unit = options.Unit is { Length: > 0 } given ? TextUnitNames.Parse(given) : model.GuessedUnit;
        var texts = new DatasetTexts(context, [options.DatasetPath], options.TextKey, options.MaxBadRows);
        return await ScoredSamples.WriteAsync(options.ResultPath, context, ScoreAsync(model, unit, texts, cancellationToken), cancellationToken);
    }

    private static async IAsyncEnumerable<ScoredSample> ScoreAsync(
        NgramModel model, TextUnit unit, DatasetTexts texts, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (row, text) in texts.ReadRowsAsync(cancellationToken))
        {
            var score = model.ScoreText(text, unit);
            var loss = score.Tokens == 0 ? double.NaN : -score.Log10 * Math.Log(10) / score.Tokens;
            yield return new ScoredSample(row, loss, new JsonObject
            {
                ["unknown_share"] = score.Tokens == 0 ? 1 : (double)score.Unknown / score.Tokens,
                ["tokens"] = score.Tokens,
            });
        }
    }
}
