using System.Runtime.InteropServices;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>Joins neighbouring symbols, the pair of the best score first and of equals the leftmost, until none is a
/// piece.</summary>
internal sealed class BpeCutter : IPieceCutter
{
    private readonly PieceTable _pieces;
    private readonly ReplacementRules _userDefined;

    public BpeCutter(PieceTable pieces)
    {
        _pieces = pieces;
        _userDefined = new ReplacementRules(pieces.UserDefined().ToDictionary(t => t, t => t, StringComparer.Ordinal));
    }

    public void Cut(string text, IPieceTarget found)
    {
        if (text.Length > 0)
        {
            new Run(_pieces, text, Symbols(text)).Cut(found);
        }
    }

    private Symbol[] Symbols(string text)
    {
        var symbols = new List<Symbol>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var kept = _userDefined.MayBegin(text[at]) ? _userDefined.Find(text, at).Length : 0;
            var single = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
            var length = kept > 0 ? kept : single;
            symbols.Add(new Symbol(at, length, symbols.Count - 1, symbols.Count + 1, kept > 0));
            at += length;
        }

        symbols[^1] = symbols[^1] with { Next = -1 };
        return [.. symbols];
    }

    private sealed class Run(PieceTable pieces, string text, Symbol[] symbols)
    {
        private readonly PriorityQueue<Pair, (float Score, int Left)> _pairs = new(Comparer<(float Score, int Left)>.Create(
            (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Left.CompareTo(b.Left)));

        // What an unused piece was joined from: it is taken apart again in the end.
        private readonly Dictionary<string, int> _unused = new(StringComparer.Ordinal);

        public void Cut(IPieceTarget found)
        {
            for (var i = 1; i < symbols.Length; i++)
            {
                Offer(i - 1, i);
            }

            while (_pairs.TryDequeue(out var pair, out _))
            {
                if (symbols[pair.Left].Length + symbols[pair.Right].Length == pair.Length && symbols[pair.Left].Length > 0 && symbols[pair.Right].Length > 0)
                {
                    Join(pair);
                }
            }

            for (var i = 0; i >= 0; i = symbols[i].Next)
            {
                Emit(symbols[i].Start, symbols[i].Length, found);
            }
        }

        private void Offer(int left, int right)
        {
            if (left < 0 || right < 0 || symbols[left].IsKept || symbols[right].IsKept)
            {
                return;
            }

            var length = symbols[left].Length + symbols[right].Length;
            var joined = text.AsSpan(symbols[left].Start, length);
            if (pieces.TryFind(joined, out var id))
            {
                _pairs.Enqueue(new Pair(left, right, length), (pieces[id].Score, left));
                if (pieces[id].Kind == PieceKind.Unused)
                {
                    _unused[joined.ToString()] = symbols[left].Length;
                }
            }
        }

        private void Join(Pair pair)
        {
            var right = symbols[pair.Right];
            symbols[pair.Left] = symbols[pair.Left] with { Length = pair.Length, Next = right.Next };
            symbols[pair.Right] = right with { Length = 0 };
            if (right.Next >= 0)
            {
                symbols[right.Next] = symbols[right.Next] with { Previous = pair.Left };
            }

            Offer(symbols[pair.Left].Previous, pair.Left);
            Offer(pair.Left, symbols[pair.Left].Next);
        }

        private void Emit(int start, int length, IPieceTarget found)
        {
            var piece = text.AsSpan(start, length);
            if (!pieces.TryFind(piece, out var id))
            {
                found.Add(start, length, pieces.Unknown);
            }
            else if (pieces[id].Kind == PieceKind.Unused && _unused.TryGetValue(piece.ToString(), out var left))
            {
                Emit(start, left, found);
                Emit(start + left, length - left, found);
            }
            else
            {
                found.Add(start, length, id);
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Symbol(int Start, int Length, int Previous, int Next, bool IsKept);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Pair(int Left, int Right, int Length);
}
