namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Rows that are alike, directly or through others: of each cluster the first row is kept. Four bytes a row.</summary>
internal sealed class Clusters
{
    private int[] _parents = new int[1024];

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row that is like no other yet, and gives its number.</summary>
    public int Add()
    {
        if (Count == _parents.Length)
        {
            Array.Resize(ref _parents, checked(Count * 2));
        }

        _parents[Count] = Count;
        return Count++;
    }

    /// <summary>Takes note that two rows are alike.</summary>
    public void Join(int a, int b)
    {
        (a, b) = (First(a), First(b));
        (_parents[a], _parents[b]) = (Math.Min(a, b), Math.Min(a, b));
    }

    /// <summary>The rows that are the first of their cluster, in order.</summary>
    public IReadOnlyList<int> Kept()
    {
        var kept = new List<int>(Count);
        for (var row = 0; row < Count; row++)
        {
            if (_parents[row] == row)
            {
                kept.Add(row);
            }
        }

        return kept;
    }

    /// <summary>For the first clusters of several rows: the row that is kept, and the next one.</summary>
    public IReadOnlyList<(int Kept, int LeftOut)> Pairs(int most)
    {
        var pairs = new List<(int Kept, int LeftOut)>();
        var told = new HashSet<int>();
        for (var row = 0; row < Count && pairs.Count < most; row++)
        {
            if (First(row) is var first && first != row && told.Add(first))
            {
                pairs.Add((first, row));
            }
        }

        return pairs;
    }

    private int First(int row)
    {
        while (_parents[row] != row)
        {
            _parents[row] = _parents[_parents[row]];
            row = _parents[row];
        }

        return row;
    }
}
