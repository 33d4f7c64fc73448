using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sandbox.Data.Text;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>Cuts a normalised text.</summary>
internal interface IPieceCutter
{
    void Cut(string text, IPieceTarget found);
}

/// <summary>Takes the pieces of a text in order; of unknown text one a character.</summary>
internal interface IPieceTarget
{
    void Add(int start, int length, int id);
}

/// <summary>The pieces of one text, in order; one list a thread.</summary>
internal sealed class PieceList : IPieceTarget
{
    [ThreadStatic]
    private static PieceList? _own;

    private readonly List<Cut> _cuts = [];

    public static PieceList Rent()
    {
        var list = _own ??= new PieceList();
        list._cuts.Clear();
        return list;
    }

    public void Add(int start, int length, int id) => _cuts.Add(new Cut(start, length, id));

    /// <summary>The result: neighbouring unknown pieces are one, or a piece a byte where the model has these.</summary>
    public PieceSequence ToSequence(string text, PieceTable pieces)
    {
        var cuts = CollectionsMarshal.AsSpan(_cuts);
        var hasUnknown = false;
        foreach (var cut in cuts)
        {
            hasUnknown |= cut.Id == pieces.Unknown;
        }

        if (hasUnknown && pieces.HasByteFallback)
        {
            return InBytes(cuts, text, pieces);
        }

        var (words, ids, count) = (new WordSpan[cuts.Length], new int[cuts.Length], 0);
        foreach (var cut in cuts)
        {
            if (count > 0 && cut.Id == pieces.Unknown && ids[count - 1] == pieces.Unknown)
            {
                words[count - 1] = words[count - 1] with { Length = words[count - 1].Length + cut.Length };
                continue;
            }

            (words[count], ids[count]) = (new WordSpan(cut.Start, cut.Length), cut.Id);
            count++;
        }

        Array.Resize(ref words, count);
        Array.Resize(ref ids, count);
        return new PieceSequence(new WordSequence(text, words), ids);
    }

    private static PieceSequence InBytes(ReadOnlySpan<Cut> cuts, string text, PieceTable pieces)
    {
        var (all, words, ids) = (new StringBuilder(text.Length * 2), new List<WordSpan>(), new List<int>());
        void Add(ReadOnlySpan<char> piece, int id)
        {
            words.Add(new WordSpan(all.Length, piece.Length));
            ids.Add(id);
            all.Append(piece);
        }

        foreach (var cut in cuts)
        {
            if (cut.Id != pieces.Unknown)
            {
                Add(text.AsSpan(cut.Start, cut.Length), cut.Id);
                continue;
            }

            foreach (var b in Encoding.UTF8.GetBytes(text.Substring(cut.Start, cut.Length)))
            {
                Add(string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>"), pieces.Unknown);
            }
        }

        return new PieceSequence(new WordSequence(all.ToString(), [.. words]), [.. ids]);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Cut(int Start, int Length, int Id);
}
