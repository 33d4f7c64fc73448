using System.Runtime.InteropServices;
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
    private const char Mark = '\u2581';
    private readonly CharacterTrie _trie;
    private readonly PieceTable _pieces;
    private readonly float[] _scores;
    private readonly float _unknownScore;
    private readonly bool _cutsWords;
    private readonly ThreadLocal<KnownWords> _words = new(() => new KnownWords());

    [ThreadStatic]
    private static Step[]? _steps;

    public UnigramCutter(PieceTable pieces)
    {
        _pieces = pieces;
        var ids = Enumerable.Range(0, pieces.Count).ToArray();
        var normal = ids.Where(i => pieces[i].Kind == PieceKind.Normal).Select(i => pieces[i].Score).DefaultIfEmpty().ToArray();
        var highest = normal.Max();
        _unknownScore = normal.Min() - UnknownPenalty;
        _trie = new CharacterTrie(ids.Where(i => pieces.IsCut(i) && pieces[i].Kind != PieceKind.Unused).Select(i => KeyValuePair.Create(pieces[i].Text, i)));
        _cutsWords = !ids.Any(i => pieces.IsCut(i) && pieces[i].Text.LastIndexOf(Mark) > 0);
        _scores = [.. ids.Select(i => pieces[i].Kind == PieceKind.UserDefined
            ? (float)((Encoding.UTF8.GetByteCount(pieces[i].Text) * highest) - 0.1)
            : pieces[i].Score)];
        _scores[pieces.Unknown] = _unknownScore;
    }

    public void Cut(string text, PieceList found)
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

    private float CutWord(ReadOnlySpan<char> word, int start, float score, PieceList found)
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

        var steps = Steps(word.Length + 1);
        steps[0] = new Step(score, -1, -1);
        Forward(word, steps);
        var cuts = Backward(word.Length, start, steps, found);
        if (KnownWords.IsKept(word))
        {
            known.Add(word, cuts, Margin(word));
        }

        return steps[word.Length].Score;
    }

    private static (int Length, int Id)[] Backward(int length, int start, Span<Step> steps, PieceList found)
    {
        var cuts = new List<(int Length, int Id)>();
        for (var end = length; end > 0; end = steps[end].Start)
        {
            cuts.Add((end - steps[end].Start, steps[end].Id));
        }

        cuts.Reverse();
        foreach (var (cut, id) in cuts)
        {
            found.Add(start, cut, id);
            start += cut;
        }

        return [.. cuts];
    }

    private static Span<Step> Steps(int count)
    {
        if (_steps is null || _steps.Length < count)
        {
            _steps = new Step[Math.Max(count, 1024)];
        }

        var steps = _steps.AsSpan(0, count);
        steps.Fill(new Step(0, -1, -1));
        return steps;
    }

    private void Forward(ReadOnlySpan<char> text, Span<Step> steps)
    {
        var farthest = 0;
        for (var start = 0; start < text.Length;)
        {
            var width = Width(text, start);
            Recentre(steps[start..(Math.Max(start, farthest) + 1)]);
            var before = steps[start].Score;
            var hasSingle = false;
            for (var (node, end) = (_trie.Next(CharacterTrie.Root, text[start]), start + 1); node >= 0; node = _trie.Next(node, text[end++]))
            {
                var id = _trie.ValueAt(node);
                if (id >= 0)
                {
                    Offer(ref steps[end], _scores[id] + before, start, id);
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
                Offer(ref steps[start + width], _unknownScore + before, start, _pieces.Unknown);
                farthest = Math.Max(farthest, start + width);
            }

            start += width;
        }
    }

    // The first step is where the ways go on from.
    private static void Recentre(Span<Step> steps)
    {
        var offset = steps[0].Score;
        if (Math.Abs(offset) <= LargestSum)
        {
            return;
        }

        foreach (ref var step in steps)
        {
            step = step with { Score = step.Score - offset };
        }
    }

    private static int Width(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    private static void Offer(ref Step step, float score, int start, int id)
    {
        if (step.Start < 0 || score > step.Score)
        {
            step = new Step(score, start, id);
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

    // The best way to a place, and its last piece.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(float Score, int Start, int Id);
}
