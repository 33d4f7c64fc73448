using Sandbox.Core.Faults;

namespace Sandbox.Data.LanguageModels;

/// <summary>A backoff n-gram model in memory, about 24 bytes an n-gram. Safe for use by several threads.</summary>
public sealed class NgramModel
{
    private readonly Vocabulary _vocabulary;
    private readonly NgramTable[] _tables;
    private readonly NgramWeights[] _weights;

    internal NgramModel(Vocabulary vocabulary, NgramTable[] tables, NgramWeights[] weights)
    {
        (_vocabulary, _tables, _weights) = (vocabulary, tables, weights);
        Order = tables.Length - 1;
    }

    /// <summary>Length of the longest n-gram.</summary>
    public int Order { get; }

    /// <summary>What the model counts, as far as its words tell: characters where <c>&lt;space&gt;</c> is among them and no
    /// other is longer than one character.</summary>
    public TextUnit GuessedUnit => _vocabulary.TryFind(SpecialToken.SpaceText, out _) && _vocabulary.AreCharacters()
        ? TextUnit.Character
        : TextUnit.Word;

    /// <summary>Reads an ARPA file, plain or gzip.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What messages call it; the path where null.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="JobFailedException">It is missing or no ARPA file; the message says in which line.</exception>
    public static NgramModel Load(string path, string? name = null, CancellationToken cancellationToken = default)
    {
        name ??= path;
        try
        {
            using var stream = File.OpenRead(path);
            return NgramModelLoader.Load(stream, name, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new JobFailedException($"{name}: the language model cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Scores a sentence: its words after <c>&lt;s&gt;</c>, and <c>&lt;/s&gt;</c>.</summary>
    public SentenceScore Score(ReadOnlySpan<char> sentence, TextUnit unit = TextUnit.Word)
    {
        Span<int> contexts = stackalloc int[Order + 1];
        Begin(contexts);
        var score = default(SentenceScore);
        // Added up in 32 bits as in KenLM, whose figures people compare with; 64 bits differ in the sixth digit.
        var sum = 0f;
        for (var tokens = new TokenSplitter(sentence, unit); tokens.MoveNext();)
        {
            var word = _vocabulary.Find(tokens.Current);
            var log10 = Next(contexts, word);
            sum += log10;
            score = score.With(log10, unknown: word == SpecialToken.Unknown);
        }

        var end = Next(contexts, SpecialToken.End);
        return score.With(end, unknown: false) with { Log10 = sum + end };
    }

    /// <summary>The number of a word for <see cref="Score(ReadOnlySpan{uint})"/>; that of the unknown word where it is new.</summary>
    internal uint Find(ReadOnlySpan<char> word) => _vocabulary.Find(word is "<UNK>" ? SpecialToken.UnknownText : word);

    /// <summary>The log10 probability of a sentence given as numbers, its end included, added up in 32 bits.</summary>
    internal float Score(ReadOnlySpan<uint> words)
    {
        Span<int> contexts = stackalloc int[Order + 1];
        Begin(contexts);
        var sum = 0f;
        foreach (var word in words)
        {
            sum += Next(contexts, word);
        }

        return sum + Next(contexts, SpecialToken.End);
    }

    /// <summary>Begins a sentence that comes word by word.</summary>
    internal RunningScore Begin() => new(this);

    /// <summary>Scores each line of a text that holds a word as a sentence, as the trainer takes it.</summary>
    public SentenceScore ScoreText(string text, TextUnit unit = TextUnit.Word)
    {
        var sum = default(SentenceScore);
        ReadOnlySpan<char> rest = text;
        while (TokenSplitter.NextLine(ref rest, out var line))
        {
            if (new TokenSplitter(line, unit).MoveNext())
            {
                sum += Score(line, unit);
            }
        }

        return sum;
    }

    /// <summary>The log10 probability of a word after the beginning of a sentence; <c>&lt;/s&gt;</c> asks for its end.</summary>
    internal double ScoreNext(ReadOnlySpan<char> beginning, ReadOnlySpan<char> word, TextUnit unit = TextUnit.Word)
    {
        Span<int> contexts = stackalloc int[Order + 1];
        Begin(contexts);
        for (var tokens = new TokenSplitter(beginning, unit); tokens.MoveNext();)
        {
            Next(contexts, _vocabulary.Find(tokens.Current));
        }

        return Next(contexts, _vocabulary.Find(word));
    }

    /// <summary>The log10 probability of a sentence that comes word by word, added up in 32 bits.</summary>
    internal sealed class RunningScore
    {
        private readonly NgramModel _model;
        private readonly int[] _contexts;
        private float _sum;

        public RunningScore(NgramModel model)
        {
            (_model, _contexts) = (model, new int[model.Order + 1]);
            NgramModel.Begin(_contexts);
        }

        /// <summary>Words so far.</summary>
        public long Words { get; private set; }

        public void Add(uint word)
        {
            _sum += _model.Next(_contexts, word);
            Words++;
        }

        /// <summary>The whole sentence with its end.</summary>
        public float End() => _sum + _model.Next(_contexts, SpecialToken.End);
    }

    private static void Begin(Span<int> contexts)
    {
        contexts.Fill(-1);
        contexts[0] = 0;
        contexts[1] = (int)SpecialToken.Begin;
    }

    // The log10 probability of a word; contexts[k] is the number of the last k words as an n-gram, or -1.
    private float Next(Span<int> contexts, uint word)
    {
        var log10 = _weights[1].Probability((int)word);
        var previous = (int)word;
        for (var length = 2; length <= Order; length++)
        {
            var context = contexts[length - 1];
            var number = context < 0 ? -1 : _tables[length].Find(context, word);
            if (context >= 0)
            {
                var found = number >= 0 && !float.IsNaN(_weights[length].Probability(number));
                log10 = found ? _weights[length].Probability(number) : log10 + _weights[length - 1].Backoff(context);
            }

            (contexts[length - 1], previous) = (previous, number);
        }

        return log10;
    }
}
