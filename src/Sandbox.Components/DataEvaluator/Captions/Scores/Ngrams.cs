namespace Sandbox.Components.DataEvaluator.Captions.Scores;

/// <summary>Counts of word sequences.</summary>
internal static class Ngrams
{
    /// <summary>The longest sequence that BLEU and CIDEr count.</summary>
    public const int Longest = 4;

    private const char Between = '\u0001';

    /// <summary>How often each sequence of one to four words occurs, by length − 1. Words are parted at any white space.</summary>
    public static Dictionary<string, int>[] Count(IReadOnlyList<string> words)
    {
        var counts = new Dictionary<string, int>[Longest];
        for (var n = 1; n <= Longest; n++)
        {
            var of = counts[n - 1] = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var start = 0; start + n <= words.Count; start++)
            {
                var gram = string.Join(Between, words.Skip(start).Take(n));
                of[gram] = of.GetValueOrDefault(gram) + 1;
            }
        }

        return counts;
    }

    /// <summary>The words of a tokenised text, parted at any white space.</summary>
    public static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
