using System.Runtime.InteropServices;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>What a piece is; the numbers are those of the file.</summary>
internal enum PieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}

/// <summary>A piece of a model.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Piece(string Text, float Score, PieceKind Kind);

/// <summary>The pieces of a model by number and by text.</summary>
internal sealed class PieceTable
{
    private readonly Piece[] _pieces;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public PieceTable(IReadOnlyList<Piece> pieces, bool hasByteFallback)
    {
        (_pieces, HasByteFallback) = ([.. pieces], hasByteFallback);
        _lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < _pieces.Length; i++)
        {
            Unknown = _pieces[i].Kind == PieceKind.Unknown ? i : Unknown;
            if (IsCut(i) && !_ids.TryAdd(_pieces[i].Text, i))
            {
                throw new InvalidDataException($"the piece \"{_pieces[i].Text}\" stands twice.");
            }
        }

        if (Unknown < 0)
        {
            throw new InvalidDataException("it has no piece for unknown text.");
        }
    }

    public int Count => _pieces.Length;

    /// <summary>The number of the piece for unknown text.</summary>
    public int Unknown { get; } = -1;

    /// <summary>Whether unknown text is given as a piece a byte.</summary>
    public bool HasByteFallback { get; }

    public Piece this[int id] => _pieces[id];

    /// <summary>Whether text is cut into this piece; control pieces and bytes never stand in a text.</summary>
    public bool IsCut(int id) => _pieces[id].Kind is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused;

    /// <summary>Finds a piece by its text.</summary>
    public bool TryFind(ReadOnlySpan<char> text, out int id) => _lookup.TryGetValue(text, out id);

    /// <summary>Texts that are never normalised or cut.</summary>
    public IEnumerable<string> UserDefined() => _pieces.Where(p => p.Kind == PieceKind.UserDefined && p.Text.Length > 0).Select(p => p.Text);
}
