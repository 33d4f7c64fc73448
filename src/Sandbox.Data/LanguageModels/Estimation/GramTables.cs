using Sandbox.Data.Sorting;

namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>All n-grams with their adjusted counts: the words in memory, longer ones sorted by context.</summary>
internal sealed class GramTables : IGramSink, IDisposable
{
    private readonly RowSorter[] _byContext;
    private readonly uint[] _row;

    public GramTables(int order, UnigramModel unigrams, long budgetBytes, Func<string> newPath)
    {
        (Order, Unigrams) = (order, unigrams);
        _row = new uint[order + 1];
        _byContext = new RowSorter[Math.Max(0, order - 1)];
        for (var n = 2; n <= order; n++)
        {
            var layout = new RowLayout(n + 1, RowLayout.ContextOrder(n));
            _byContext[n - 2] = new RowSorter(layout, budgetBytes / (order - 1), newPath);
        }
    }

    public int Order { get; }

    public UnigramModel Unigrams { get; }

    public void Add(ReadOnlySpan<uint> gram, uint count)
    {
        if (gram.Length == 1)
        {
            Unigrams.Set(gram[0], count);
            return;
        }

        gram.CopyTo(_row);
        _row[gram.Length] = count;
        _byContext[gram.Length - 2].Add(_row.AsSpan(0, gram.Length + 1));
    }

    /// <summary>N-grams of a length from 2 on and their counts, by context, then word.</summary>
    public RowReader ByContext(int length) => _byContext[length - 2].Read();

    public void Dispose()
    {
        foreach (var sorter in _byContext)
        {
            sorter.Dispose();
        }
    }
}
