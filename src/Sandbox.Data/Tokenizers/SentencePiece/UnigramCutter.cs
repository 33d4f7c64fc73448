using System.Text;
using Sandbox.Data.Text;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>
/// Finds the pieces whose scores add up to the most (Viterbi). Scores are 32 bits and added from the left, as the library
/// does, and of two ways that are as good the one found first stays. Where a sum has grown beyond <see cref="LargestSum"/>,
/// the library begins again at 0 there, so that rounding stays small in long texts, and so does this. Where no piece reaches over the beginning of a word,
/// words are cut one by one, and known ones are taken from <see cref="KnownWords"/>.
/// </summary>
internal sealed class UnigramCutter : IPieceCutter
{
    /// <summary>The size of a sum from which on it begins again at 0.</summary>
    public const float LargestSum = 100_000;

    private const float UnknownPenalty = 10;
    private const int MostKept = 1 << 20;
    private const char Mark = '\u2581';
    private readonly CharacterTrie _trie;
    private readonly PieceTable _pieces;
    private readonly float[] _scores;
    private readonly float _unknownScore;
    private readonly bool _cutsWords;
    private readonly ThreadLocal<KnownWords> _words = new(() => new KnownWords());

    private readonly int _longest;

    [ThreadStatic]
    private static ushort[]? _lengths;

    [ThreadStatic]
    private static float[]? _sums;

    public UnigramCutter(PieceTable pieces)
    {
        _pieces = pieces;
        var ids = Enumerable.Range(0, pieces.Count).ToArray();
        var normal = ids.Where(i => pieces[i].Kind == PieceKind.Normal).Select(i => pieces[i].Score).DefaultIfEmpty().ToArray();
        var highest = normal.Max();
        _unknownScore = normal.Min() - UnknownPenalty;
        _trie = new CharacterTrie(ids.Where(i => pieces.IsCut(i) && pieces[i].Kind != PieceKind.Unused).Select(i => KeyValuePair.Create(pieces[i].Text, i)));
        _longest = ids.Where(pieces.IsCut).Select(i => pieces[i].Text.Length).Append(2).Max();
        _cutsWords = !ids.Any(i => pieces.IsCut(i) && pieces[i].Text.LastIndexOf(Mark) > 0);
        _scores = [.. ids.Select(i => pieces[i].Kind == PieceKind.UserDefined
            ? (float)((Encoding.UTF8.GetByteCount(pieces[i].Text) * highest) - 0.1)
            : pieces[i].Score)];
        _scores[pieces.Unknown] = _unknownScore;
    }

    public void Cut(string text, IPieceTarget found)
    {
        var score = 0f;
        for (var start = 0; start < text.Length;)
        {
            var next = _cutsWords ? text.IndexOf(Mark, start + 1) : -1;
            var length = (next < 0 ? text.Length : next) - start;
            score = CutWord(text.AsSpan(start, length), start, score, found);
            start += length;
        }
    }

    private float CutWord(ReadOnlySpan<char> word, int start, float score, IPieceTarget found)
    {
        var known = _words.Value!;
        if (known.TryFind(word, score, out var pieces))
        {
            foreach (var (length, id) in pieces)
            {
                found.Add(start, length, id);
                start += length;
                score = _scores[id] + score;
            }

            return score;
        }

        var lengths = Lengths(word.Length + 1);
        score = Forward(word, lengths, score);
        TurnRound(lengths);
        Emit(word, start, lengths, found);
        if (KnownWords.IsKept(word))
        {
            known.Add(word, Cuts(word, lengths), Margin(word));
        }

        return score;
    }

    // At each place the length of the last piece of the best way there becomes, at its start, that of the piece that begins.
    private static void TurnRound(Span<ushort> lengths)
    {
        var length = lengths[^1];
        for (var end = lengths.Length - 1; end > 0;)
        {
            var start = end - length;
            (length, lengths[start], end) = (lengths[start], length, start);
        }
    }

    private void Emit(ReadOnlySpan<char> word, int start, ReadOnlySpan<ushort> lengths, IPieceTarget found)
    {
        for (var at = 0; at < word.Length; at += lengths[at])
        {
            found.Add(start + at, lengths[at], IdOf(word.Slice(at, lengths[at])));
        }
    }

    private (int Length, int Id)[] Cuts(ReadOnlySpan<char> word, ReadOnlySpan<ushort> lengths)
    {
        var cuts = new List<(int Length, int Id)>();
        for (var at = 0; at < word.Length; at += lengths[at])
        {
            cuts.Add((lengths[at], IdOf(word.Slice(at, lengths[at]))));
        }

        return [.. cuts];
    }

    private int IdOf(ReadOnlySpan<char> piece) =>
        _pieces.TryFind(piece, out var id) && _pieces[id].Kind != PieceKind.Unused ? id : _pieces.Unknown;

    private static Span<ushort> Lengths(int count)
    {
        if (_lengths is null || _lengths.Length < count)
        {
            _lengths = new ushort[Math.Max(count, 1024)];
        }

        var lengths = _lengths.AsSpan(0, count);
        lengths.Clear();

        // The array of a text that is one long word is not kept for the next.
        _lengths = count > MostKept ? null : _lengths;
        return lengths;
    }

    // Sums are needed from one place to as far as a piece reaches: they go round in a ring.
    private float Forward(ReadOnlySpan<char> text, Span<ushort> lengths, float score)
    {
        var mask = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_longest + 1) - 1;
        var sums = _sums is { } kept && kept.Length > mask ? kept : _sums = new float[mask + 1];
        sums[0] = score;
        var farthest = 0;
        for (var start = 0; start < text.Length;)
        {
            var width = Width(text, start);
            Recentre(sums, mask, start, farthest);
            var before = sums[start & mask];
            var hasSingle = false;
            for (var (node, end) = (_trie.Next(CharacterTrie.Root, text[start]), start + 1); node >= 0; node = _trie.Next(node, text[end++]))
            {
                var id = _trie.ValueAt(node);
                if (id >= 0)
                {
                    Offer(ref sums[end & mask], ref lengths[end], _scores[id] + before, end - start);
                    farthest = Math.Max(farthest, end);
                    hasSingle |= end - start == width;
                }

                if (end == text.Length)
                {
                    break;
                }
            }

            if (!hasSingle)
            {
                Offer(ref sums[(start + width) & mask], ref lengths[start + width], _unknownScore + before, width);
                farthest = Math.Max(farthest, start + width);
            }

            start += width;
        }

        return sums[text.Length & mask];
    }

    private static void Recentre(float[] sums, int mask, int start, int farthest)
    {
        var offset = sums[start & mask];
        if (Math.Abs(offset) <= LargestSum)
        {
            return;
        }

        sums[start & mask] = 0;
        for (var at = start + 1; at <= farthest; at++)
        {
            sums[at & mask] -= offset;
        }
    }

    private static int Width(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    private static void Offer(ref float best, ref ushort length, float score, int pieceLength)
    {
        if (length == 0 || score > best)
        {
            (best, length) = (score, (ushort)pieceLength);
        }
    }

    // By how much the best way is better than any other, at each place that it comes by, in 64 bits.
    private double Margin(ReadOnlySpan<char> word)
    {
        Span<(double Best, double Second, int Start)> ways = stackalloc (double, double, int)[word.Length + 1];
        ways.Fill((double.NegativeInfinity, double.NegativeInfinity, -1));
        ways[0] = (0, double.NegativeInfinity, -1);
        for (var start = 0; start < word.Length; start += Width(word, start))
        {
            var (width, hasSingle) = (Width(word, start), false);
            for (var (node, end) = (_trie.Next(CharacterTrie.Root, word[start]), start + 1); node >= 0; node = _trie.Next(node, word[end++]))
            {
                var id = _trie.ValueAt(node);
                if (id >= 0)
                {
                    Offer(ref ways[end], _scores[id] + ways[start].Best, start);
                    hasSingle |= end - start == width;
                }

                if (end == word.Length)
                {
                    break;
                }
            }

            if (!hasSingle)
            {
                Offer(ref ways[start + width], _unknownScore + ways[start].Best, start);
            }
        }

        var margin = double.PositiveInfinity;
        for (var end = word.Length; end > 0; end = ways[end].Start)
        {
            margin = Math.Min(margin, ways[end].Best - ways[end].Second);
        }

        return margin;
    }

    private static void Offer(ref (double Best, double Second, int Start) way, double score, int start) => way = score > way.Best
        ? (score, way.Best, start)
        : (way.Best, Math.Max(way.Second, score), way.Start);
}
