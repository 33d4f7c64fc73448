using Sandbox.Components.Texts;
using Sandbox.Core.Files;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Data.LanguageModels;

namespace Sandbox.Components.ModelTrain.NgramLm;

/// <summary>Trains an n-gram language model, the cheap proxy for what data does to a model. Its result is the path of the
/// model.</summary>
internal sealed class NgramLmComponent(NgramLmOptions options) : IComponent
{
    /// <summary>The component type <c>ngram_lm</c>.</summary>
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.ModelTrain,
        Type = "ngram_lm",
        Summary = "Trains an n-gram language model over words or characters and writes it in ARPA format.",
        OptionsType = typeof(NgramLmOptions),
        Results = 1,
        Create = options => new NgramLmComponent((NgramLmOptions)options),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var observer = new TrainingObserver(context);
        var trainer = new NgramTrainer(await TrainerOptionsAsync(context, cancellationToken), observer, context.Files.Scratch);
        var training = Texts(context, options.TrainDataset!);
        var heldOut = options.ValidDataset.Count == 0 ? null : Texts(context, options.ValidDataset);
        try
        {
            await WholeFile.WriteAsync(context.Files.ResolveWrite(options.ModelPath), async output =>
                observer.Finished(await trainer.TrainAsync(training, heldOut, output, cancellationToken), options.ModelPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"The model {options.ModelPath} could not be made: {e.Message}", e);
        }

        return HookResult.One(options.ModelPath);
    }

    private TextSource Texts(ComponentContext context, List<string> paths)
    {
        var texts = new DatasetTexts(context, paths, options.TextKey, options.MaxBadRows);
        return new TextSource(texts.Name, texts.ReadAsync());
    }

    private async Task<NgramTrainerOptions> TrainerOptionsAsync(ComponentContext context, CancellationToken cancellationToken) => new()
    {
        Order = options.Order,
        Unit = TextUnitNames.Parse(options.Unit),
        MemoryBytes = (long)options.MemoryMb << 20,
        DiscountFallback = (options.DiscountFallback[0], options.DiscountFallback[1], options.DiscountFallback[2]),
        Vocabulary = string.IsNullOrEmpty(options.Vocabulary)
            ? null
            : await VocabularyFile.ReadAsync(context.Files.ResolveRead(options.Vocabulary), options.Vocabulary, cancellationToken),
    };
}
