using System.IO.Hashing;
using System.Runtime.InteropServices;
using Sandbox.Data.Operators.Selectors;
using Sandbox.Data.Rows;
using Sandbox.Data.Sorting;

namespace Sandbox.Data.Operators.Deduplicators;

/// <summary>Keeps the first of all rows whose signatures share a band, directly or through others. Signatures are made row by
/// row and in parallel; bands wait in a scratch file and are sorted there.</summary>
internal sealed class MinHashDeduplicator : IRowOperator, ISelector
{
    private readonly string _textKey;
    private readonly Shingler _shingler;
    private readonly MinHash _hash;
    private readonly int _bands;
    private readonly int _rows;

    public MinHashDeduplicator(string textKey, MinHashOptions options)
    {
        (_textKey, _shingler) = (textKey, new Shingler(options));
        (_bands, _rows) = options is { Bands: { } bands, RowsPerBand: { } rows } ? (bands, rows) : BandChoice.For(options.Threshold, options.Permutations);
        _hash = new MinHash(options.Permutations, _bands * _rows);
    }

    public static OperatorDescriptor Descriptor { get; } = new()
    {
        Name = "document_minhash_deduplicator",
        Kind = OperatorKind.Deduplicator,
        Summary = "Keeps the first of all rows whose texts are much alike, by MinHash.",
        OptionsType = typeof(MinHashOptions),
        Create = (options, textKey) => new MinHashDeduplicator(textKey, (MinHashOptions)options),
    };

    public RowOutcome Run(Row row)
    {
        var signature = _hash.Sign(_shingler.Cut(TextField.Of(row, _textKey)))
            ?? throw new OperatorException(FormattableString.Invariant($"the text has fewer tokens than a shingle ({_shingler.Window})"));
        row.Sketch = Bands(signature);
        return RowOutcome.Kept;
    }

    public ISelection Begin(Func<string> newScratchFile) => new Selection(newScratchFile);

    // Of each band a hash of 96 bits: two bands that differ are never taken for equal in practice.
    private uint[] Bands(uint[] signature)
    {
        var bands = new uint[_bands * 3];
        Span<byte> digest = stackalloc byte[16];
        for (var band = 0; band < _bands; band++)
        {
            XxHash128.Hash(MemoryMarshal.AsBytes(signature.AsSpan(band * _rows, _rows)), digest, band);
            MemoryMarshal.Cast<byte, uint>(digest)[..3].CopyTo(bands.AsSpan(band * 3));
        }

        return bands;
    }

    private sealed class Selection(Func<string> newScratchFile) : IDuplicateSelection, IDisposable
    {
        private const long Budget = 24L << 20;
        private readonly Clusters _clusters = new();
        private readonly RowSorter _bands = new(new RowLayout(4, [0, 1, 2, 3]), Budget, newScratchFile);

        public void Add(Row row)
        {
            var number = (uint)_clusters.Add();
            var hashes = row.Sketch ?? [];
            row.Sketch = null;
            for (var at = 0; at < hashes.Length; at += 3)
            {
                _bands.Add([hashes[at], hashes[at + 1], hashes[at + 2], number]);
            }
        }

        public IReadOnlyList<int>? Choose()
        {
            Span<uint> first = stackalloc uint[4];
            var reader = _bands.Read();
            for (var hasFirst = false; reader.Read(); hasFirst = true)
            {
                if (hasFirst && reader.Current[..3].SequenceEqual(first[..3]))
                {
                    _clusters.Join((int)first[3], (int)reader.Current[3]);
                }
                else
                {
                    reader.Current.CopyTo(first);
                }
            }

            return _clusters.Kept();
        }

        public IReadOnlyList<(int Kept, int LeftOut)> Pairs(int most) => _clusters.Pairs(most);

        public void Dispose() => _bands.Dispose();
    }
}
