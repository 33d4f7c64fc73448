namespace Sandbox.Data.LanguageModels;

/// <summary>How an n-gram model is made.</summary>
public sealed record NgramTrainerOptions
{
    /// <summary>The longest n-gram, from 1.</summary>
    public int Order { get; init; } = 3;

    /// <summary>Words or characters.</summary>
    public TextUnit Unit { get; init; }

    /// <summary>The words that the model knows, or null for all words of the texts. Others are <c>&lt;unk&gt;</c>, counted
    /// like a word.</summary>
    public IReadOnlyCollection<string>? Vocabulary { get; init; }

    /// <summary>Memory for counts, in bytes; the vocabulary and the counts that the held-out texts ask for come on top.
    /// The model does not depend on it.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Discounts for a count of 1, 2, and 3 or more, where the text is too small to estimate those of an order.
    /// The default is KenLM's.</summary>
    public (double One, double Two, double ThreeOrMore) DiscountFallback { get; init; } = (0.5, 1, 1.5);
}

/// <summary>Texts to learn from or to measure on.</summary>
/// <param name="Name">What messages call them, as in the path of a data set.</param>
/// <param name="Texts">The texts; a line of one is a sentence.</param>
public sealed record TextSource(string Name, IAsyncEnumerable<string> Texts);

/// <summary>What is told while a model is made.</summary>
public interface INgramTrainingObserver
{
    /// <summary>How far the work is.</summary>
    /// <param name="phase">What is being done, one short line.</param>
    /// <param name="done">Units done in this phase.</param>
    /// <param name="total">Units in all, or null where unknown.</param>
    /// <param name="unit">What is counted.</param>
    void Progress(string phase, long done, long? total, string unit);

    /// <summary>The loss on the held-out texts of the model of the first <paramref name="percent"/> of the sentences.</summary>
    /// <param name="percent">10, 20 … 100.</param>
    /// <param name="tokens">Tokens that this model was made of.</param>
    /// <param name="loss">Cross-entropy in nats a token: words and one end a sentence, unknown words included.</param>
    void Loss(int percent, long tokens, double loss);

    /// <summary>An order has no discounts of its own.</summary>
    /// <param name="length">The order.</param>
    /// <param name="problem">Why.</param>
    void DiscountFallback(int length, string problem);
}

/// <summary>What a model was made of.</summary>
/// <param name="Sentences">Lines that were not empty.</param>
/// <param name="Tokens">Words and one end a sentence.</param>
/// <param name="Unknown">Words outside a fixed vocabulary.</param>
/// <param name="SkippedMarks"><c>&lt;s&gt;</c> and <c>&lt;/s&gt;</c> in the texts, which count as white space.</param>
/// <param name="HeldOutTokens">Tokens of the held-out texts.</param>
public sealed record NgramTrainingSummary(long Sentences, long Tokens, long Unknown, long SkippedMarks, long HeldOutTokens);
