namespace Sandbox.Data.LanguageModels.Rows;

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

/// <summary>Merges ordered readers into one.</summary>
internal sealed class MergingRowReader : RowReader
{
    private readonly RowLayout _layout;
    private readonly PriorityQueue<RowReader, RowReader> _heads;
    private readonly uint[] _current;

    public MergingRowReader(IEnumerable<RowReader> readers, RowLayout layout)
    {
        _layout = layout;
        _current = new uint[layout.Width];
        _heads = new(Comparer<RowReader>.Create((a, b) => layout.Compare(a.Current, b.Current)));
        foreach (var reader in readers)
        {
            if (reader.Read())
            {
                _heads.Enqueue(reader, reader);
            }
        }
    }

    public override ReadOnlySpan<uint> Current => _current;

    public override bool Read()
    {
        if (!_heads.TryPeek(out var head, out _))
        {
            return false;
        }

        head.Current.CopyTo(_current);
        Advance(head);
        while (_layout.SumLast && _heads.TryPeek(out head, out _) && _layout.Compare(head.Current, _current) == 0)
        {
            _current[^1] = checked(_current[^1] + head.Current[^1]);
            Advance(head);
        }

        return true;
    }

    private void Advance(RowReader head)
    {
        if (head.Read())
        {
            _heads.DequeueEnqueue(head, head);
        }
        else
        {
            _heads.Dequeue();
        }
    }
}
