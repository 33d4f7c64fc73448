using Sandbox.Data.Sorting;

namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>Takes n-grams of all orders with their adjusted counts.</summary>
internal interface IGramSink
{
    /// <summary>An n-gram; those of one length come in suffix order.</summary>
    void Add(ReadOnlySpan<uint> gram, uint count);
}

/// <summary>Turns counted n-grams of the highest order into the adjusted counts of all orders: of the highest and of
/// n-grams that begin with <c>&lt;s&gt;</c> how often they stand in the text, of others after how many different words.</summary>
internal sealed class AdjustedCounts
{
    private readonly int _order;
    private readonly IGramSink _sink;
    private readonly uint[] _open;
    private readonly uint[] _counts;
    private int _openLength;

    private AdjustedCounts(int order, IGramSink sink)
    {
        (_order, _sink) = (order, sink);
        (_open, _counts, Statistics) = (new uint[order], new uint[order + 1], new CountStatistics(order));
    }

    private CountStatistics Statistics { get; }

    /// <summary>Reads rows of words and a count in suffix order. N-grams that begin before the sentence are padded with
    /// <c>&lt;s&gt;</c>; of those only what follows the last but one pad is an n-gram, and a shorter one.</summary>
    public static CountStatistics Run(RowReader rows, int order, IGramSink sink, CancellationToken cancellationToken)
    {
        var counts = new AdjustedCounts(order, sink);
        for (var row = 0L; rows.Read(); row++)
        {
            if ((row & 0xFFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            counts.Next(rows.Current[..order], rows.Current[order]);
        }

        counts.Close(0);
        return counts.Statistics;
    }

    private void Next(ReadOnlySpan<uint> gram, uint count)
    {
        var pads = 0;
        while (pads < _order && gram[pads] == SpecialToken.Begin)
        {
            pads++;
        }

        var length = _order - Math.Max(0, pads - 1);
        var common = CommonSuffix(gram, Math.Min(length, _openLength));
        Close(common);
        gram.CopyTo(_open);
        for (var n = common + 1; n <= length; n++)
        {
            _counts[n] = 0;
            _counts[n - 1]++;
        }

        _counts[length] = count;
        _openLength = length;
    }

    private int CommonSuffix(ReadOnlySpan<uint> gram, int limit)
    {
        var common = 0;
        while (common < limit && gram[_order - 1 - common] == _open[_order - 1 - common])
        {
            common++;
        }

        return common;
    }

    private void Close(int common)
    {
        for (var n = _openLength; n > common; n--)
        {
            Statistics.Add(n, _counts[n]);
            _sink.Add(_open.AsSpan(_order - n), _counts[n]);
        }
    }
}
