using System.Globalization;
using System.Numerics;
using Sandbox.Data.Operators.Selectors;
using Sandbox.Data.Rows;
using Sandbox.Data.Sorting;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Keeps the first of all rows whose hashes differ in few bits, directly or through others. Hashes are made row by
/// row and in parallel, and sorted in scratch files.</summary>
internal sealed class SimHashDeduplicator(string textKey, SimHashOptions options) : IRowOperator, ISelector
{
    private const long Budget = 32L << 20;
    private readonly Shingler _shingler = new(options);

    public static OperatorDescriptor Descriptor { get; } = new()
    {
        Name = "document_simhash_deduplicator",
        Kind = OperatorKind.Deduplicator,
        Summary = "Keeps the first of all rows whose texts are much alike, by SimHash.",
        OptionsType = typeof(SimHashOptions),
        Create = (options, textKey) => new SimHashDeduplicator(textKey, (SimHashOptions)options),
    };

    public RowOutcome Run(Row row)
    {
        var hash = SimHash.Of(_shingler.Cut(TextField.Of(row, textKey)));
        row.Sketch = [(uint)(hash >> 32), (uint)hash];
        row.Set(ColumnNames.SimHash, hash.ToString(CultureInfo.InvariantCulture));
        return RowOutcome.Kept;
    }

    public ISelection Begin(Func<string> newScratchFile) => new Selection(options.Distance, newScratchFile);

    private sealed class Selection(int distance, Func<string> newScratchFile) : IDuplicateSelection, IDisposable
    {
        private readonly Clusters _clusters = new();
        private readonly RowSorter _hashes = new(new RowLayout(3, [0, 1, 2]), Budget, newScratchFile);

        public void Add(Row row)
        {
            var number = (uint)_clusters.Add();
            if (row.Sketch is { } hash)
            {
                _hashes.Add([hash[0], hash[1], number]);
                row.Sketch = null;
            }
        }

        public IReadOnlyList<int>? Choose()
        {
            using var distinct = new RowFile(newScratchFile(), 3);
            Span<uint> first = stackalloc uint[3];
            var reader = _hashes.Read();
            for (var hasFirst = false; reader.Read(); hasFirst = true)
            {
                if (hasFirst && reader.Current[..2].SequenceEqual(first[..2]))
                {
                    _clusters.Join((int)first[2], (int)reader.Current[2]);
                    continue;
                }

                reader.Current.CopyTo(first);
                distinct.Append(first);
            }

            foreach (var mask in HashBlocks.Masks(distance))
            {
                JoinNear(distinct, mask);
            }

            return _clusters.Kept();
        }

        public IReadOnlyList<(int Kept, int LeftOut)> Pairs(int most) => _clusters.Pairs(most);

        public void Dispose() => _hashes.Dispose();

        // Hashes that agree under the mask stand together.
        private void JoinNear(RowFile distinct, ulong mask)
        {
            using var sorter = new RowSorter(new RowLayout(5, [0, 1]), Budget, newScratchFile);
            for (var rows = distinct.Read(); rows.Read();)
            {
                var row = rows.Current;
                sorter.Add([row[0] & (uint)(mask >> 32), row[1] & (uint)mask, row[0], row[1], row[2]]);
            }

            var group = new List<(ulong Hash, int Row)>();
            var key = 0UL;
            for (var sorted = sorter.Read(); sorted.Read();)
            {
                var row = sorted.Current;
                var own = (ulong)row[0] << 32 | row[1];
                if (own != key)
                {
                    group.Clear();
                    key = own;
                }

                var hash = (ulong)row[2] << 32 | row[3];
                foreach (var other in group)
                {
                    if (BitOperations.PopCount(hash ^ other.Hash) <= distance)
                    {
                        _clusters.Join(other.Row, (int)row[4]);
                    }
                }

                group.Add((hash, (int)row[4]));
            }
        }
    }
}
