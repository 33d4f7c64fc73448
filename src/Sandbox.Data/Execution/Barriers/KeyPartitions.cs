using System.Collections;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Data.Execution.Barriers;

/// <summary>Keys of rows in scratch files, parted by their first bits, so that equal ones lie in the same file.</summary>
internal sealed class KeyPartitions(string path) : IDisposable
{
    private const int Partitions = 64;
    private const int PartitionShift = 122;
    private const int Kept = 1 << 10;
    private readonly List<Entry>[] _pending = [.. Enumerable.Range(0, Partitions).Select(_ => new List<Entry>())];
    private readonly SafeFileHandle?[] _files = new SafeFileHandle?[Partitions];
    private readonly long[] _written = new long[Partitions];

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the key of the next row; null for a row that is like none.</summary>
    public void Add(UInt128? key)
    {
        if (key is { } known)
        {
            var partition = (int)(known >> PartitionShift);
            _pending[partition].Add(new Entry(known, Count));
            if (_pending[partition].Count == Kept)
            {
                Write(partition);
            }
        }

        Count++;
    }

    /// <summary>Which rows have the key of an earlier one.</summary>
    /// <param name="earlier">Keys of rows before all of these.</param>
    public BitArray FindDuplicates(HashSet<UInt128> earlier)
    {
        var isDuplicate = new BitArray(Count);
        for (var partition = 0; partition < Partitions; partition++)
        {
            var seen = new HashSet<UInt128>();
            foreach (var entry in Read(partition))
            {
                if (earlier.Contains(entry.Key) || !seen.Add(entry.Key))
                {
                    isDuplicate[entry.Row] = true;
                }
            }
        }

        return isDuplicate;
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file?.Dispose();
        }
    }

    private IEnumerable<Entry> Read(int partition)
    {
        var block = new Entry[Kept];
        for (var at = 0L; at < _written[partition]; at += Kept)
        {
            RandomAccess.Read(_files[partition]!, MemoryMarshal.AsBytes(block.AsSpan()), at * Marshal.SizeOf<Entry>());
            foreach (var entry in block)
            {
                yield return entry;
            }
        }

        foreach (var entry in _pending[partition])
        {
            yield return entry;
        }
    }

    private void Write(int partition)
    {
        _files[partition] ??= File.OpenHandle(
            FormattableString.Invariant($"{path}-{partition}"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        RandomAccess.Write(_files[partition]!, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_pending[partition])), _written[partition] * Marshal.SizeOf<Entry>());
        _written[partition] += Kept;
        _pending[partition].Clear();
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly struct Entry(UInt128 key, int row)
    {
        private readonly ulong _high = (ulong)(key >> 64);
        private readonly ulong _low = (ulong)key;

        public UInt128 Key => new(_high, _low);

        public int Row { get; } = row;
    }
}
