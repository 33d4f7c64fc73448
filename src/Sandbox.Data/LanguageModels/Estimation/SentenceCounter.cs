using Sandbox.Data.Sorting;

namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>Counts the n-grams of the highest order in sentences, one at each word and at the end.</summary>
internal sealed class SentenceCounter : IDisposable
{
    private readonly int _order;
    private readonly RowSorter _sorter;
    private readonly uint[] _row;

    public SentenceCounter(int order, long budgetBytes, Func<string> newPath)
    {
        _order = order;
        _sorter = new RowSorter(new RowLayout(order + 1, RowLayout.SuffixOrder(order), SumLast: true), budgetBytes, newPath);
        _row = new uint[order + 1];
        _row[order] = 1;
        Begin();
    }

    /// <summary>The next token; <see cref="SpecialToken.End"/> ends the sentence.</summary>
    public void Add(uint token)
    {
        _row.AsSpan(1, _order - 1).CopyTo(_row);
        _row[_order - 1] = token;
        _sorter.Add(_row);
        if (token == SpecialToken.End)
        {
            Begin();
        }
    }

    /// <summary>Adjusted counts of all that was added so far.</summary>
    public CountStatistics Adjust(IGramSink sink, CancellationToken cancellationToken) =>
        AdjustedCounts.Run(_sorter.Read(), _order, sink, cancellationToken);

    public void Dispose() => _sorter.Dispose();

    private void Begin() => _row.AsSpan(0, _order).Fill(SpecialToken.Begin);
}
