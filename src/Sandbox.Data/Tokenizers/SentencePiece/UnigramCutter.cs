using System.Runtime.InteropServices;
using Sandbox.Data.Text;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>Finds the pieces whose scores add up to the most (Viterbi). Scores are 32 bits and added from the left, as the
/// library does, and of two ways that are as good the one found first stays.</summary>
internal sealed class UnigramCutter : IPieceCutter
{
    private const float UnknownPenalty = 10;
    private readonly CharacterTrie _trie;
    private readonly PieceTable _pieces;
    private readonly float[] _scores;
    private readonly float _unknownScore;

    [ThreadStatic]
    private static Step[]? _steps;

    public UnigramCutter(PieceTable pieces)
    {
        _pieces = pieces;
        var ids = Enumerable.Range(0, pieces.Count).ToArray();
        var normal = ids.Where(i => pieces[i].Kind == PieceKind.Normal).Select(i => pieces[i].Score).DefaultIfEmpty().ToArray();
        var highest = normal.Max();
        _unknownScore = normal.Min() - UnknownPenalty;
        _trie = new CharacterTrie(ids.Where(pieces.IsCut).Select(i => KeyValuePair.Create(pieces[i].Text, i)));
        _scores = [.. ids.Select(i => pieces[i].Kind switch
        {
            PieceKind.UserDefined => (float)((System.Text.Encoding.UTF8.GetByteCount(pieces[i].Text) * highest) - 0.1),
            PieceKind.Unused => float.NaN,
            _ => pieces[i].Score,
        })];
    }

    public void Cut(string text, PieceList found)
    {
        var steps = Steps(text.Length + 1);
        Forward(text, steps);
        for (var end = text.Length; end > 0; end = steps[end].Start)
        {
            found.Add(steps[end].Start, end - steps[end].Start, steps[end].Id);
        }

        found.Reverse();
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

    private void Forward(string text, Span<Step> steps)
    {
        for (var start = 0; start < text.Length;)
        {
            var width = char.IsHighSurrogate(text[start]) && start + 1 < text.Length && char.IsLowSurrogate(text[start + 1]) ? 2 : 1;
            var before = steps[start].Score;
            var hasSingle = false;
            var end = start;
            for (var node = _trie.Next(CharacterTrie.Root, text[end]); node >= 0; node = _trie.Next(node, text[end]))
            {
                end++;
                var id = _trie.ValueAt(node);
                if (id >= 0 && !float.IsNaN(_scores[id]))
                {
                    Offer(ref steps[end], _scores[id] + before, start, id);
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
            }

            start += width;
        }
    }

    private static void Offer(ref Step step, float score, int start, int id)
    {
        if (step.Start < 0 || score > step.Score)
        {
            step = new Step(score, start, id);
        }
    }

    // The best way to a place, and its last piece.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(float Score, int Start, int Id);
}
