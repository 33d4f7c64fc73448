using Sandbox.Core.Faults;

namespace Sandbox.Data.Datasets;

/// <summary>Counts the malformed rows of a data set and ends the work where there are more than <c>max_bad_rows</c> allows.</summary>
/// <param name="limit">How many are put up with: a number, or a share of all rows when below 1.</param>
/// <param name="listed">How many of them are kept.</param>
public sealed class BadRowLimit(double limit, int listed = 100)
{
    private readonly List<BadRow> _first = [];

    /// <summary>Malformed rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<BadRow> First => _first;

    /// <summary>Counts a malformed row.</summary>
    /// <exception cref="JobFailedException">It is one too many.</exception>
    public void Add(BadRow bad)
    {
        Count++;
        if (_first.Count < listed)
        {
            _first.Add(bad);
        }

        if (limit is 0 or >= 1 && Count > limit)
        {
            throw new JobFailedException(limit == 0
                ? $"{bad}. Mend it, or set max_bad_rows to the number or share of malformed rows to put up with."
                : FormattableString.Invariant($"{bad}. That is malformed row {Count}, and max_bad_rows allows {limit}; the first was {_first[0].File}:{_first[0].Line}."));
        }
    }

    /// <summary>Goes on from what was counted before.</summary>
    /// <param name="count">Malformed rows so far.</param>
    /// <param name="first">The first of them.</param>
    public void Restore(long count, IEnumerable<BadRow> first)
    {
        Count = count;
        _first.AddRange(first);
    }

    /// <summary>The check of a share, which can only be made at the end.</summary>
    /// <param name="rows">All rows, malformed ones among them.</param>
    /// <exception cref="JobFailedException">The share is passed.</exception>
    public void Conclude(long rows)
    {
        if (limit is > 0 and < 1 && Count > limit * rows)
        {
            throw new JobFailedException(FormattableString.Invariant($"{Count} of {rows} rows are malformed, more than the share of {limit} that max_bad_rows allows; the first: {_first[0]}."));
        }
    }
}
