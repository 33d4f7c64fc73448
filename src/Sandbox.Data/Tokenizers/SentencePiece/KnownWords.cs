using System.Runtime.InteropServices;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>
/// How words were cut before. The sums of a long text round its scores, so that a word that has two ways nearly as good may
/// be cut otherwise late in a text than early: a word counts as known only where its best way is better by more than
/// rounding can take away.
/// </summary>
internal sealed class KnownWords
{
    private const int MostWords = 1 << 16;
    private const int LongestWord = 32;

    // A sum of n numbers is off by at most n half units in the last place; both ways may be, in opposite directions.
    private const int Safety = 4;
    private readonly Dictionary<string, Word> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Word>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public KnownWords() => _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word is short enough to be kept.</summary>
    public static bool IsKept(ReadOnlySpan<char> word) => word.Length <= LongestWord;

    /// <summary>The pieces of a word behind a text of that score.</summary>
    public bool TryFind(ReadOnlySpan<char> word, float score, out (int Length, int Id)[] pieces)
    {
        if (IsKept(word) && _lookup.TryGetValue(word, out var known) && -score <= known.LargestScore)
        {
            pieces = known.Pieces;
            return true;
        }

        pieces = [];
        return false;
    }

    public void Add(ReadOnlySpan<char> word, (int Length, int Id)[] pieces, double margin)
    {
        if (_words.Count < MostWords)
        {
            // The last place of a 32-bit number is its size / 2^23.
            var largest = (margin / Safety / (word.Length + 1) * (1 << 23)) - Largest;

            // Within a known word no sum begins again at 0.
            _words.TryAdd(word.ToString(), new Word(pieces, (float)Math.Min(largest, UnigramCutter.LargestSum - Largest)));
        }
    }

    // What a word itself can add to a sum.
    private const double Largest = 2000;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Word((int Length, int Id)[] Pieces, float LargestScore);
}
