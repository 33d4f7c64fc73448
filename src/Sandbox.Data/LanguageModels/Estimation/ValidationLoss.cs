using System.Runtime.InteropServices;
using Sandbox.Data.Sorting;

namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>The cross-entropy of held-out sentences under the model of given counts, without making the model: only the
/// counts that the sentences ask for are kept.</summary>
internal sealed class ValidationLoss : IGramSink
{
    private readonly int _order;
    private readonly RowFile _tokens;
    private readonly UnigramModel _unigrams;
    private readonly Func<uint, uint> _map;
    private readonly NgramTable[] _tables;
    private readonly Entry[][] _entries;

    /// <summary>Prepares for the counts of one model.</summary>
    /// <param name="order">Order of the model.</param>
    /// <param name="tokens">Held-out tokens, each sentence ended.</param>
    /// <param name="map">Makes words that the model has not unknown.</param>
    /// <param name="unigrams">The lowest order, empty.</param>
    /// <param name="vocabulary">Tokens in the vocabulary.</param>
    public ValidationLoss(int order, RowFile tokens, Func<uint, uint> map, UnigramModel unigrams, int vocabulary)
    {
        (_order, _tokens, _map, _unigrams) = (order, tokens, map, unigrams);
        _tables = [.. Enumerable.Range(0, order + 1).Select(_ => new NgramTable())];
        Walk((length, context, word) => length == 1 ? (int)word : _tables[length].FindOrAdd(context, word), () => { });
        _entries = [.. Enumerable.Range(0, order + 1).Select(n => new Entry[n == 1 ? vocabulary : _tables[n].Count])];
    }

    private delegate int Step(int length, int context, uint word);

    public void Add(ReadOnlySpan<uint> gram, uint count)
    {
        if (gram.Length == 1)
        {
            _unigrams.Set(gram[0], count);
            return;
        }

        var context = (int)gram[0];
        for (var i = 1; i < gram.Length - 1 && context >= 0; i++)
        {
            context = _tables[i + 1].Find(context, gram[i]);
        }

        if (context < 0)
        {
            return;
        }

        _entries[gram.Length - 1][context].Follow(count);
        var number = _tables[gram.Length].Find(context, gram[^1]);
        if (number >= 0)
        {
            _entries[gram.Length][number].Count = count;
        }
    }

    /// <summary>Nats a token (words and one end a sentence, unknown words included).</summary>
    public double Compute(Discounts[] discounts)
    {
        var words = _unigrams.Estimate(discounts[1]);
        var (sum, count, probability) = (0.0, 0L, 0.0);
        Walk(
            (length, context, word) =>
            {
                if (length == 1)
                {
                    probability = words[word];
                    return (int)word;
                }

                var number = _tables[length].Find(context, word);
                probability = _entries[length - 1][context].Interpolate(_entries[length][number].Count, discounts[length], probability);
                return number;
            },
            () =>
            {
                sum -= Math.Log(probability);
                count++;
            });
        return sum / count;
    }

    // Calls step for each n-gram that ends at a token, the shortest first, and done after the last of them.
    private void Walk(Step step, Action done)
    {
        var contexts = new int[_order + 1];
        Start(contexts);
        for (var tokens = _tokens.Read(); tokens.Read();)
        {
            var token = _map(tokens.Current[0]);
            var previous = 0;
            for (var length = 1; length <= _order; length++)
            {
                var context = contexts[length - 1];
                var number = context < 0 ? -1 : step(length, context, token);
                (contexts[length - 1], previous) = (previous, number);
            }

            done();
            if (token == SpecialToken.End)
            {
                Start(contexts);
            }
        }
    }

    private static void Start(int[] contexts)
    {
        Array.Fill(contexts, -1);
        contexts[0] = 0;
        if (contexts.Length > 1)
        {
            contexts[1] = (int)SpecialToken.Begin;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private record struct Entry
    {
        private long _total;
        private long _ones;
        private long _twos;
        private long _more;

        public uint Count { get; set; }

        public void Follow(uint count)
        {
            _total += count;
            _ones += count == 1 ? 1 : 0;
            _twos += count == 2 ? 1 : 0;
            _more += count > 2 ? 1 : 0;
        }

        public readonly double Interpolate(uint count, Discounts discounts, double below) =>
            _total == 0
                ? below
                : ((count - discounts.Of(count)) / _total) + (discounts.Mass(_ones, _twos, _more) / _total * below);
    }
}
