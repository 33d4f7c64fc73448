using System.Buffers.Binary;
using Sandbox.Core.Components;

namespace Sandbox.Components.DataPools;

/// <summary>
/// For each row of several pools the pools that hold the same row, as bits; 0 for a row that its pool holds before. Rows are
/// told apart on disk, a part at a time: in memory are four bytes a row and one part.
/// </summary>
internal sealed class PoolMembership
{
    // A row's record: 16 bytes that stand for it, pool, number.
    private const int RecordSize = 24;
    private const int Parts = 64;
    private readonly List<int[]> _masks = [];
    private readonly Dictionary<int, int> _distinct = [];

    /// <summary>The masks of a pool's rows, in their order.</summary>
    public IReadOnlyList<int> Of(int pool) => _masks[pool];

    /// <summary>How many different rows all pools of a combination hold.</summary>
    public int Count(int combination) => _distinct.Where(d => (d.Key & combination) == combination).Sum(d => d.Value);

    /// <summary>Reads the pools.</summary>
    public static async Task<PoolMembership> ReadAsync(
        IReadOnlyList<string> pools, DataPoolReader reader, IJobFiles jobFiles, CancellationToken cancellationToken)
    {
        var membership = new PoolMembership();
        var files = Enumerable.Range(0, Parts).Select(part => jobFiles.Scratch(FormattableString.Invariant($"membership/{part}"))).ToList();
        await membership.SpillAsync(pools, files, reader, cancellationToken);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            membership.Settle(file);
            File.Delete(file);
        }

        return membership;
    }

    private async Task SpillAsync(
        IReadOnlyList<string> pools, IReadOnlyList<string> files, DataPoolReader reader, CancellationToken cancellationToken)
    {
        var streams = files.Select(f => new FileStream(f, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 14)).ToList();
        try
        {
            var record = new byte[RecordSize];
            foreach (var (pool, path) in pools.Index())
            {
                var rows = 0;
                await foreach (var row in reader.ReadAsync(path, cancellationToken))
                {
                    var identity = RowIdentity.Of(row);
                    BinaryPrimitives.WriteUInt128LittleEndian(record, identity);
                    BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(16), pool);
                    BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(20), rows++);
                    streams[(int)(ulong)(identity >> 122)].Write(record);
                }

                _masks.Add(new int[rows]);
            }
        }
        finally
        {
            streams.ForEach(s => s.Dispose());
        }
    }

    private void Settle(string file)
    {
        var members = new Dictionary<UInt128, int>();
        foreach (var (identity, pool, _) in Records(file))
        {
            members[identity] = members.GetValueOrDefault(identity) | (1 << pool);
        }

        foreach (var mask in members.Values)
        {
            _distinct[mask] = _distinct.GetValueOrDefault(mask) + 1;
        }

        // A pool's first row of an identity takes its bit off those that are open.
        var open = new Dictionary<UInt128, int>(members);
        foreach (var (identity, pool, row) in Records(file))
        {
            var bit = 1 << pool;
            if ((open[identity] & bit) != 0)
            {
                open[identity] &= ~bit;
                _masks[pool][row] = members[identity];
            }
        }
    }

    private static IEnumerable<(UInt128 Identity, int Pool, int Row)> Records(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var record = new byte[RecordSize];
        while (stream.ReadAtLeast(record, RecordSize, throwOnEndOfStream: false) == RecordSize)
        {
            yield return (
                BinaryPrimitives.ReadUInt128LittleEndian(record),
                BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(16)),
                BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(20)));
        }
    }
}
