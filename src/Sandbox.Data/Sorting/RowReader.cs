namespace Sandbox.Data.Sorting;

/// <summary>Reads rows one after another.</summary>
internal abstract class RowReader
{
    /// <summary>Goes to the next row; false after the last.</summary>
    public abstract bool Read();

    /// <summary>The row read last, valid until the next call.</summary>
    public abstract ReadOnlySpan<uint> Current { get; }
}

/// <summary>Reads rows from an array.</summary>
internal sealed class MemoryRowReader(uint[] rows, int count, int width) : RowReader
{
    private int _next;

    public override ReadOnlySpan<uint> Current => rows.AsSpan((_next - 1) * width, width);

    public override bool Read()
    {
        if (_next == count)
        {
            return false;
        }

        _next++;
        return true;
    }
}

/// <summary>Merges ordered readers into one, with a binary heap of their heads.</summary>
internal sealed class MergingRowReader : RowReader
{
    private readonly RowLayout _layout;
    private readonly List<RowReader> _heap;
    private readonly uint[] _current;

    public MergingRowReader(IEnumerable<RowReader> readers, RowLayout layout)
    {
        _layout = layout;
        _current = new uint[layout.Width];
        _heap = [.. readers.Where(r => r.Read())];
        for (var at = (_heap.Count / 2) - 1; at >= 0; at--)
        {
            SiftDown(at);
        }
    }

    public override ReadOnlySpan<uint> Current => _current;

    public override bool Read()
    {
        if (_heap.Count == 0)
        {
            return false;
        }

        _heap[0].Current.CopyTo(_current);
        AdvanceFirst();
        while (_layout.SumLast && _heap.Count > 0 && _layout.Compare(_heap[0].Current, _current) == 0)
        {
            _current[^1] = checked(_current[^1] + _heap[0].Current[^1]);
            AdvanceFirst();
        }

        return true;
    }

    private void AdvanceFirst()
    {
        if (!_heap[0].Read())
        {
            _heap[0] = _heap[^1];
            _heap.RemoveAt(_heap.Count - 1);
        }

        SiftDown(0);
    }

    private void SiftDown(int at)
    {
        for (var child = (2 * at) + 1; child < _heap.Count; child = (2 * at) + 1)
        {
            if (child + 1 < _heap.Count && _layout.Compare(_heap[child + 1].Current, _heap[child].Current) < 0)
            {
                child++;
            }

            if (_layout.Compare(_heap[at].Current, _heap[child].Current) <= 0)
            {
                return;
            }

            (_heap[at], _heap[child]) = (_heap[child], _heap[at]);
            at = child;
        }
    }
}
