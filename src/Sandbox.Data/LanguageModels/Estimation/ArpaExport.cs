using Sandbox.Data.LanguageModels.Arpa;
using Sandbox.Data.Sorting;
using static Sandbox.Data.LanguageModels.Estimation.WeightedGrams;

namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>Interpolates each order with the one below and writes it. Both come in suffix order, so that an n-gram and
/// what it ends with are met together.</summary>
internal sealed class ArpaExport(
    IReadOnlyList<string> words, IReadOnlyList<WeightedGrams> orders, ArpaWriter writer, Func<string> newPath, CancellationToken cancellationToken)
{
    private int Order => orders.Count + 1;

    /// <summary>Writes the model.</summary>
    /// <param name="unigrams">The lowest order.</param>
    /// <param name="probabilities">The probability of each word.</param>
    /// <param name="statistics">Numbers of n-grams.</param>
    /// <param name="done">Is told the order that is written.</param>
    public void Write(UnigramModel unigrams, double[] probabilities, CountStatistics statistics, Action<int> done)
    {
        var counts = Enumerable.Range(1, Order).Select(n => n == 1 ? unigrams.Size + 1 : statistics.Total(n));
        writer.Header([.. counts]);
        WriteWords(unigrams, probabilities);
        done(1);
        RowFile? lower = null;
        try
        {
            for (var n = 2; n <= Order; n++)
            {
                var next = n < Order ? new RowFile(newPath(), n + DoubleColumns) : null;
                using var shorter = lower;
                lower = next;
                WriteSection(n, shorter?.Read(), probabilities, next);
                done(n);
            }
        }
        finally
        {
            lower?.Dispose();
        }

        writer.End();
    }

    private void WriteWords(UnigramModel unigrams, double[] probabilities)
    {
        writer.Section(1);
        var contexts = Contexts(1);
        var text = new string[1];
        for (var token = 0u; token < probabilities.Length; token++)
        {
            if (token == SpecialToken.Begin || unigrams.Has(token))
            {
                text[0] = words[(int)token];
                writer.Entry(ArpaWriter.Log10(probabilities[token]), text, contexts?.Weight([token]));
            }
        }
    }

    private void WriteSection(int n, RowReader? shorter, double[] probabilities, RowFile? next)
    {
        writer.Section(n);
        var (contexts, grams, row) = (Contexts(n), orders[n - 2].Read(), new uint[n + DoubleColumns]);
        var text = new string[n];
        shorter?.Read();
        for (var count = 0L; grams.Read(); count++)
        {
            if ((count & 0xFFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var gram = grams.Current[..n];
            var below = shorter is null ? probabilities[gram[1]] : Below(shorter, gram[1..]);
            var probability = GetDouble(grams.Current, n) + (GetDouble(grams.Current, n + DoubleColumns) * below);
            for (var i = 0; i < n; i++)
            {
                text[i] = words[(int)gram[i]];
            }

            writer.Entry(ArpaWriter.Log10(probability), text, contexts?.Weight(gram));
            gram.CopyTo(row);
            SetDouble(row, n, probability);
            next?.Append(row);
        }
    }

    private static double Below(RowReader shorter, ReadOnlySpan<uint> ending)
    {
        while (!shorter.Current[..ending.Length].SequenceEqual(ending))
        {
            if (!shorter.Read())
            {
                throw new InvalidOperationException("An n-gram ends with one that was not counted.");
            }
        }

        return GetDouble(shorter.Current, ending.Length);
    }

    private ContextCursor? Contexts(int n) => n < Order ? new ContextCursor(orders[n - 1].Contexts.Read(), n) : null;

    /// <summary>Walks along the contexts beside the n-grams, which come in the same order.</summary>
    private sealed class ContextCursor(RowReader contexts, int length)
    {
        private bool _more = contexts.Read();

        public double Weight(ReadOnlySpan<uint> gram)
        {
            if (!_more || !contexts.Current[..length].SequenceEqual(gram))
            {
                return 0;
            }

            var weight = ArpaWriter.Log10(GetDouble(contexts.Current, length));
            _more = contexts.Read();
            return weight;
        }
    }
}
