using Sandbox.Core.Faults;
using Sandbox.Data.LanguageModels.Arpa;
using Sandbox.Data.LanguageModels.Estimation;

namespace Sandbox.Data.LanguageModels;

/// <summary>
/// Makes interpolated modified Kneser–Ney n-gram models (Chen and Goodman 1998, with a discount of its own for the counts
/// 1, 2, and 3 or more; unigrams interpolated with the even distribution over words, <c>&lt;/s&gt;</c> and
/// <c>&lt;unk&gt;</c>). A line of text is a sentence; lines without a word are passed over. The model depends on the
/// texts and the options alone, byte for byte, and not on the memory or on the order of the texts.
/// </summary>
public sealed class NgramTrainer
{
    private const int Steps = 10;
    private const int ProgressEvery = 1 << 16;
    private readonly NgramTrainerOptions _options;
    private readonly INgramTrainingObserver _observer;
    private readonly Func<string> _newPath;
    private readonly Discounts _fallback;

    /// <summary>A trainer for one model.</summary>
    /// <param name="options">How the model is made.</param>
    /// <param name="observer">Is told how far it is.</param>
    /// <param name="scratch">Gives the path of a scratch file by its name. The files are deleted at the end.</param>
    public NgramTrainer(NgramTrainerOptions options, INgramTrainingObserver observer, Func<string, string> scratch)
    {
        (_options, _observer) = (options, observer);
        var files = 0;
        _newPath = () => scratch(FormattableString.Invariant($"ngram-{++files}.tmp"));
        _fallback = new(options.DiscountFallback.One, options.DiscountFallback.Two, options.DiscountFallback.ThreeOrMore);
    }

    /// <summary>Makes a model and writes it in ARPA format.</summary>
    /// <param name="texts">The texts to learn from.</param>
    /// <param name="heldOut">Texts to measure the loss on, or null.</param>
    /// <param name="output">Receives the model.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="JobFailedException">The texts hold no word.</exception>
    public async Task<NgramTrainingSummary> TrainAsync(
        TextSource texts, TextSource? heldOut, Stream output, CancellationToken cancellationToken)
    {
        var vocabulary = NewVocabulary();
        using var training = new TokenFile(_options.Unit, _newPath());
        using var validation = heldOut is null ? null : new TokenFile(_options.Unit, _newPath());
        await ReadAsync(training, texts, vocabulary, extend: true, cancellationToken);
        if (heldOut is not null && validation is not null)
        {
            await ReadAsync(validation, heldOut, vocabulary, extend: false, cancellationToken);
        }

        using var run = new TrainingRun(_options, vocabulary, _fallback, _newPath);
        Count(run, training, validation, cancellationToken);
        run.Write(output, _observer, cancellationToken);
        return new NgramTrainingSummary(
            training.Sentences, training.Tokens, training.Unknown, training.SkippedMarks, validation?.Tokens ?? 0);
    }

    private Vocabulary NewVocabulary()
    {
        var vocabulary = new Vocabulary();
        if (_options.Vocabulary is { } words)
        {
            foreach (var word in words)
            {
                vocabulary.Add(word);
            }

            vocabulary.Fix();
        }

        return vocabulary;
    }

    private async Task ReadAsync(
        TokenFile file, TextSource source, Vocabulary vocabulary, bool extend, CancellationToken cancellationToken)
    {
        var (count, told) = (0L, 0L);
        await foreach (var text in source.Texts.WithCancellation(cancellationToken))
        {
            file.Add(text, vocabulary, extend);
            count++;
            if (file.Tokens - told >= ProgressEvery)
            {
                told = file.Tokens;
                _observer.Progress($"reading {source.Name}", count, null, "texts");
            }
        }

        if (file.Sentences == 0)
        {
            throw new JobFailedException(
                $"{source.Name} holds no word ({count} texts were read): there is nothing to make or measure a language model with.");
        }
    }

    private void Count(TrainingRun run, TokenFile training, TokenFile? validation, CancellationToken cancellationToken)
    {
        var (sentences, tokens, step) = (0L, 0L, 1);
        for (var reader = training.Rows.Read(); reader.Read();)
        {
            run.Add(reader.Current[0]);
            tokens++;
            sentences += reader.Current[0] == SpecialToken.End ? 1 : 0;
            if (tokens % ProgressEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _observer.Progress("counting", tokens, training.Tokens, "tokens");
            }

            // At the tenths, rounded down; with fewer than ten sentences some tenths are none of their own.
            if (reader.Current[0] == SpecialToken.End && sentences >= Due(step, training.Sentences))
            {
                step = Math.Max(step, (int)(sentences * Steps / training.Sentences));
                if (validation is not null)
                {
                    _observer.Loss(step * 100 / Steps, tokens, run.Loss(validation.Rows, cancellationToken));
                }

                step++;
            }
        }
    }

    private static long Due(int step, long sentences) => Math.Max(1, sentences * step / Steps);
}
