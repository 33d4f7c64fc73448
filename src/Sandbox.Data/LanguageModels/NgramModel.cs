using System.Text;
using Sandbox.Core.Faults;
using Sandbox.Data.LanguageModels.Arpa;

namespace Sandbox.Data.LanguageModels;

/// <summary>A backoff n-gram model in memory, about 24 bytes an n-gram. Safe for use by several threads.</summary>
public sealed class NgramModel
{
    // What KenLM gives to unknown words where the model has no <unk>.
    private const float MissingUnknown = -100;
    private readonly Vocabulary _vocabulary = new();
    private readonly NgramTable[] _tables;
    private readonly NgramWeights[] _weights;

    private NgramModel(ArpaReader reader)
    {
        Order = reader.Counts.Count;
        // The head is the file's word, not ours: what it promises is not reserved beyond reason before it is there.
        _tables = [.. Enumerable.Range(0, Order + 1).Select(n => new NgramTable(n < 2 ? 0 : Expected(reader.Counts[n - 1])))];
        _weights = [.. Enumerable.Range(0, Order + 1).Select(n => new NgramWeights(n == 0 ? 0 : Expected(reader.Counts[n - 1])))];
        Words = reader.Counts[0];
    }

    /// <summary>Length of the longest n-gram.</summary>
    public int Order { get; }

    /// <summary>Unigrams in the file.</summary>
    public long Words { get; }

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
            using var reader = new ArpaReader(File.OpenRead(path), name);
            var model = new NgramModel(reader);
            for (var count = 0L; reader.Read(); count++)
            {
                if ((count & 0xFFFF) == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                model.Add(reader);
            }

            model.RequireMarks(reader);
            return model;
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
        contexts.Fill(-1);
        contexts[0] = 0;
        contexts[1] = (int)SpecialToken.Begin;
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

    private void Add(ArpaReader reader)
    {
        var number = reader.Length == 1 ? (int)_vocabulary.Add(Canonical(Encoding.UTF8.GetString(reader.Word(0)))) : Number(reader);
        if (!_weights[reader.Length].Set(number, (float)reader.Log10, (float)reader.Backoff))
        {
            throw reader.Fault("this n-gram stands twice in the file.");
        }
    }

    private int Number(ArpaReader reader)
    {
        var context = (int)Id(reader, 0);
        for (var i = 1; i < reader.Length - 1; i++)
        {
            // A pruned model may lack the context of an n-gram that it has; such a context has neither weight.
            context = _tables[i + 1].FindOrAdd(context, Id(reader, i));
        }

        return _tables[reader.Length].FindOrAdd(context, Id(reader, reader.Length - 1));
    }

    // Some programs write the unknown word in capitals; KenLM takes it for the same.
    private static string Canonical(string word) => word == "<UNK>" ? SpecialToken.UnknownText : word;

    private uint Id(ArpaReader reader, int index)
    {
        var bytes = reader.Word(index);
        Span<char> buffer = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        var text = buffer[..Encoding.UTF8.GetChars(bytes, buffer)];
        return _vocabulary.TryFind(text is "<UNK>" ? SpecialToken.UnknownText : text, out var id) && _weights[1].Has((int)id)
            ? id
            : throw reader.Fault($"the word \"{text}\" is not among the 1-grams.");
    }

    private void RequireMarks(ArpaReader reader)
    {
        if (!_weights[1].Has((int)SpecialToken.Begin) || !_weights[1].Has((int)SpecialToken.End))
        {
            throw reader.Fault("the 1-grams lack <s> or </s>: sentences cannot be scored with this model.");
        }

        if (!_weights[1].Has((int)SpecialToken.Unknown))
        {
            _weights[1].Set((int)SpecialToken.Unknown, MissingUnknown, 0);
        }
    }

    private static int Expected(long count) => (int)Math.Min(count, 1 << 20);
}
