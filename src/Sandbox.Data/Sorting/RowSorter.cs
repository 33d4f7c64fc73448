namespace Sandbox.Data.Sorting;

/// <summary>Sorts more rows than the memory budget holds: full buffers become sorted runs in a scratch file, which are
/// merged while reading. What comes out does not depend on the budget. More rows may be added after reading.</summary>
internal sealed class RowSorter : IDisposable
{
    private const int MaximumRuns = 64;
    private const int MinimumRows = 64;
    private const int MaximumNumbers = 1 << 29;
    private readonly RowLayout _layout;
    private readonly Func<string> _newPath;
    private readonly int _capacity;
    private readonly int _readBytes;
    private readonly List<long> _runs = [];
    private RowFile? _file;
    private uint[] _rows = [];
    private uint[] _spare = [];
    private int _count;

    /// <summary>A sorter.</summary>
    /// <param name="layout">The rows.</param>
    /// <param name="budgetBytes">Memory for its buffers.</param>
    /// <param name="newPath">Names a new scratch file.</param>
    public RowSorter(RowLayout layout, long budgetBytes, Func<string> newPath)
    {
        (_layout, _newPath) = (layout, newPath);
        // The sort needs a second buffer of the same size.
        var numbers = Math.Min(MaximumNumbers, budgetBytes / sizeof(uint) / 2);
        _capacity = (int)Math.Max(MinimumRows, numbers / layout.Width);
        _readBytes = (int)Math.Min(1 << 18, budgetBytes / MaximumRuns);
    }

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<uint> row)
    {
        if (_count * _layout.Width == _rows.Length)
        {
            MakeRoom();
        }

        row.CopyTo(_rows.AsSpan(_count++ * _layout.Width, _layout.Width));
    }

    /// <summary>All rows in order. The reader is valid until rows are added.</summary>
    public RowReader Read()
    {
        if (_file is null)
        {
            SortBuffer();
            return new MemoryRowReader(_rows, _count, _layout.Width);
        }

        Spill();
        return Merge(_file);
    }

    public void Dispose() => _file?.Dispose();

    private void MakeRoom()
    {
        if (_count < _capacity)
        {
            var rows = (int)Math.Min(_capacity, Math.Max(MinimumRows, _count * 2L));
            _spare = [];
            Array.Resize(ref _rows, rows * _layout.Width);
            return;
        }

        SortBuffer();
        // Where most rows were equal, the buffer has room again and nothing need go to disk.
        if (_count > _capacity / 2)
        {
            Spill();
        }
    }

    private void SortBuffer()
    {
        if (_spare.Length != _rows.Length)
        {
            _spare = new uint[_rows.Length];
        }

        RadixSort.Sort(ref _rows, ref _spare, _count, _layout);
        if (_layout.SumLast)
        {
            Collapse();
        }
    }

    private void Collapse()
    {
        var (width, kept) = (_layout.Width, 0);
        for (var row = 0; row < _count; row++)
        {
            var source = _rows.AsSpan(row * width, width);
            if (kept > 0 && _layout.Compare(source, _rows.AsSpan((kept - 1) * width, width)) == 0)
            {
                _rows[(kept * width) - 1] = checked(_rows[(kept * width) - 1] + source[^1]);
                continue;
            }

            source.CopyTo(_rows.AsSpan(kept++ * width, width));
        }

        _count = kept;
    }

    private void Spill()
    {
        if (_count == 0)
        {
            return;
        }

        SortBuffer();
        _file ??= new RowFile(_newPath(), _layout.Width, _readBytes);
        _file.Append(_rows.AsSpan(0, _count * _layout.Width));
        _runs.Add(_count);
        _count = 0;
        if (_runs.Count == MaximumRuns)
        {
            MergeRuns(_file);
        }
    }

    private void MergeRuns(RowFile old)
    {
        using (old)
        {
            var merged = new RowFile(_newPath(), _layout.Width, _readBytes);
            _file = merged;
            for (var reader = Merge(old); reader.Read();)
            {
                merged.Append(reader.Current);
            }

            _runs.Clear();
            _runs.Add(merged.Rows);
        }
    }

    private MergingRowReader Merge(RowFile file)
    {
        var (readers, first) = (new List<RowReader>(), 0L);
        foreach (var count in _runs)
        {
            readers.Add(file.Read(first, count, _readBytes));
            first += count;
        }

        return new MergingRowReader(readers, _layout);
    }
}
