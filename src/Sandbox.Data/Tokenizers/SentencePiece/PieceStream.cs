using System.Globalization;
using System.Text;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>Takes a piece and its number.</summary>
internal delegate void PieceAction(ReadOnlySpan<char> piece, int id);

/// <summary>Hands pieces on as they are found, so that a long text needs no list of them: neighbouring unknown ones as one, or
/// a piece a byte where the model has these.</summary>
/// <param name="text">What is cut.</param>
/// <param name="pieces">The pieces of the model.</param>
/// <param name="take">Takes them.</param>
internal sealed class PieceStream(string text, PieceTable pieces, PieceAction take) : IPieceTarget
{
    private int _start;
    private int _length;

    public void Add(int start, int length, int id)
    {
        if (id == pieces.Unknown)
        {
            _start = _length == 0 ? start : _start;
            _length += length;
            return;
        }

        Complete();
        take(text.AsSpan(start, length), id);
    }

    /// <summary>Hands on what is left.</summary>
    public void Complete()
    {
        if (_length == 0)
        {
            return;
        }

        var unknown = text.AsSpan(_start, _length);
        if (pieces.HasByteFallback)
        {
            TakeBytes(unknown);
        }
        else
        {
            take(unknown, pieces.Unknown);
        }

        _length = 0;
    }

    private void TakeBytes(ReadOnlySpan<char> unknown)
    {
        foreach (var b in Encoding.UTF8.GetBytes(unknown.ToString()))
        {
            take(string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>"), pieces.Unknown);
        }
    }
}
