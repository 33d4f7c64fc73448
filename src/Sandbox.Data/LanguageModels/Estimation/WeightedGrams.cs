using System.Runtime.InteropServices;
using Sandbox.Data.Sorting;

namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>The n-grams of one length with what a context decides: the discounted share of the word, and the weight that
/// the context leaves to shorter ones.</summary>
internal sealed class WeightedGrams : IDisposable
{
    /// <summary>Columns that a double takes.</summary>
    public const int DoubleColumns = 2;

    private readonly int _length;
    private readonly Discounts _discounts;
    private readonly RowSorter _bySuffix;
    private readonly List<(uint Word, uint Count)> _followers = [];
    private readonly uint[] _context;
    private readonly uint[] _row;

    private WeightedGrams(int length, Discounts discounts, long budgetBytes, Func<string> newPath)
    {
        (_length, _discounts) = (length, discounts);
        _row = new uint[length + (2 * DoubleColumns)];
        _bySuffix = new RowSorter(new RowLayout(_row.Length, RowLayout.SuffixOrder(length)), budgetBytes, newPath);
        _context = new uint[length - 1 + DoubleColumns];
        Contexts = new RowFile(newPath(), _context.Length);
    }

    /// <summary>The contexts and their weights, in suffix order: the backoff weights of the next shorter n-grams.</summary>
    public RowFile Contexts { get; }

    /// <summary>Weighs n-grams with counts that come by context.</summary>
    public static WeightedGrams Weigh(
        RowReader grams, int length, Discounts discounts, long budgetBytes, Func<string> newPath, CancellationToken cancellationToken)
    {
        var weighted = new WeightedGrams(length, discounts, budgetBytes, newPath);
        while (grams.Read())
        {
            var context = grams.Current[..(length - 1)];
            if (weighted._followers.Count > 0 && !context.SequenceEqual(weighted._context.AsSpan(0, length - 1)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                weighted.CloseContext();
            }

            context.CopyTo(weighted._context);
            weighted._followers.Add((grams.Current[length - 1], grams.Current[length]));
        }

        weighted.CloseContext();
        return weighted;
    }

    /// <summary>Words, share and context weight of each n-gram, in suffix order.</summary>
    public RowReader Read() => _bySuffix.Read();

    public static double GetDouble(ReadOnlySpan<uint> row, int column) => MemoryMarshal.Cast<uint, double>(row.Slice(column, DoubleColumns))[0];

    public static void SetDouble(Span<uint> row, int column, double value) =>
        MemoryMarshal.Cast<uint, double>(row.Slice(column, DoubleColumns))[0] = value;

    public void Dispose()
    {
        _bySuffix.Dispose();
        Contexts.Dispose();
    }

    private void CloseContext()
    {
        if (_followers.Count == 0)
        {
            return;
        }

        var (total, ones, twos) = (0L, 0L, 0L);
        foreach (var (_, count) in _followers)
        {
            total += count;
            ones += count == 1 ? 1 : 0;
            twos += count == 2 ? 1 : 0;
        }

        var weight = _discounts.Mass(ones, twos, _followers.Count - ones - twos) / total;
        SetDouble(_context, _length - 1, weight);
        Contexts.Append(_context);
        _context.AsSpan(0, _length - 1).CopyTo(_row);
        SetDouble(_row, _length + DoubleColumns, weight);
        foreach (var (word, count) in _followers)
        {
            _row[_length - 1] = word;
            SetDouble(_row, _length, (count - _discounts.Of(count)) / total);
            _bySuffix.Add(_row);
        }

        _followers.Clear();
    }
}
