using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Core.Faults;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution.Barriers;

/// <summary>Rows in a scratch file, to be taken out in any order; a second file holds their places, so that memory does not
/// grow with their number.</summary>
/// <param name="path">The file of the rows.</param>
/// <param name="isKept">Whether the files stay when this lets go of them; what stands there is then opened.</param>
internal sealed class RowSpill(string path, bool isKept = false) : IDisposable
{
    private const int BatchBytes = 80_000;
    private const int KeptPlaces = 1 << 13;
    private readonly SafeFileHandle _rows = Open(path, isKept);
    private readonly SafeFileHandle _places = Open(path + PlacesSuffix, isKept);
    private readonly List<Place> _pending = new(KeptPlaces);
    private long _end;

    /// <summary>What the name of the second file ends with.</summary>
    public const string PlacesSuffix = ".places";

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>The rows that an earlier run kept.</summary>
    public static RowSpill Kept(string path, int count) => new(path, isKept: true) { Count = count };

    /// <summary>Adds rows.</summary>
    public async Task AddAsync(IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        using var writer = new RowWriter(1 << 16);
        foreach (var row in rows)
        {
            var start = writer.Written.Length;
            writer.Write(row, RowShape.Full);
            _pending.Add(new Place(_end + start, writer.Written.Length - start, row.Number));
            Count++;
        }

        await RandomAccess.WriteAsync(_rows, writer.Written, _end, cancellationToken);
        _end += writer.Written.Length;
        if (_pending.Count >= KeptPlaces)
        {
            WritePlaces();
        }
    }

    /// <summary>Adds a row.</summary>
    public void Add(Row row)
    {
        using var writer = new RowWriter();
        writer.Write(row, RowShape.Full);
        _pending.Add(new Place(_end, writer.Written.Length, row.Number));
        Count++;
        RandomAccess.Write(_rows, writer.Written.Span, _end);
        _end += writer.Written.Length;
        if (_pending.Count >= KeptPlaces)
        {
            WritePlaces();
        }
    }

    /// <summary>Brings everything to disk.</summary>
    public void Flush()
    {
        WritePlaces();
        RandomAccess.FlushToDisk(_rows);
        RandomAccess.FlushToDisk(_places);
    }

    /// <summary>Numbers of rows among those of the input.</summary>
    public long NumberOf(int index) => PlaceOf(index).Number;

    /// <summary>Takes rows out, in the order asked for.</summary>
    public async IAsyncEnumerable<WorkBatch> ReadAsync(
        IEnumerable<int> indices, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parser = new RowParser();
        var (batch, bytes) = (new WorkBatch(), 0);
        foreach (var index in indices)
        {
            var row = await ReadAsync(index, parser, cancellationToken);
            batch.Rows.Add(row);
            bytes += PlaceOf(index).Length;
            if (bytes >= BatchBytes)
            {
                yield return batch;
                (batch, bytes) = (new WorkBatch(), 0);
            }
        }

        if (batch.Rows.Count > 0)
        {
            yield return batch;
        }
    }

    public void Dispose()
    {
        _rows.Dispose();
        _places.Dispose();
    }

    private async Task<Row> ReadAsync(int index, RowParser parser, CancellationToken cancellationToken)
    {
        var place = PlaceOf(index);
        var buffer = GC.AllocateUninitializedArray<byte>(place.Length);
        await RandomAccess.ReadAsync(_rows, buffer, place.Offset, cancellationToken);
        var row = parser.Parse(buffer).Row ?? throw new JobFailedException("a scratch file was changed while it was in use.");
        row.Number = place.Number;
        return row;
    }

    private Place PlaceOf(int index)
    {
        var written = Count - _pending.Count;
        if (index >= written)
        {
            return _pending[index - written];
        }

        Span<Place> place = stackalloc Place[1];
        RandomAccess.Read(_places, MemoryMarshal.AsBytes(place), (long)index * Marshal.SizeOf<Place>());
        return place[0];
    }

    private void WritePlaces()
    {
        var written = Count - _pending.Count;
        RandomAccess.Write(_places, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_pending)), (long)written * Marshal.SizeOf<Place>());
        _pending.Clear();
    }

    private static SafeFileHandle Open(string path, bool isKept) => File.OpenHandle(
        path, isKept ? FileMode.OpenOrCreate : FileMode.Create, FileAccess.ReadWrite, FileShare.None,
        FileOptions.Asynchronous | (isKept ? FileOptions.None : FileOptions.DeleteOnClose));

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Place(long Offset, int Length, long Number);
}
