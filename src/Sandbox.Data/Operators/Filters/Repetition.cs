using System.Runtime.InteropServices;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Filters;

/// <summary>Shares of repeated n-grams.</summary>
internal static class Repetition
{
    /// <summary>Of character n-grams: those of the most frequent n-grams, as many as the smaller of the root of the number
    /// of distinct ones and the number of those that repeat.</summary>
    public static double OfCharacters(TextView view, int length)
    {
        var grams = view.Length == view.Text.Length
            ? NgramCounts.Count(view.Text.AsSpan(), length)
            : NgramCounts.Count<int>(CodePoints.All(view.Text), length);
        if (grams.Count == 0)
        {
            return 0;
        }

        var repeated = new List<int>();
        foreach (var (_, count) in grams)
        {
            if (count > 1)
            {
                repeated.Add(count);
            }
        }

        var taken = Math.Min((int)Math.Sqrt(grams.Count), repeated.Count);
        repeated.Sort(static (a, b) => b.CompareTo(a));
        var sum = 0L;
        foreach (var count in CollectionsMarshal.AsSpan(repeated)[..taken])
        {
            sum += count;
        }

        return (double)sum / (view.Length - length + 1);
    }

    /// <summary>Of word n-grams: those that occur more than once.</summary>
    /// <param name="words">The words, lower-cased and refined.</param>
    /// <param name="length">Words of an n-gram.</param>
    public static double OfWords(WordSequence words, int length)
    {
        if (words.Count < length)
        {
            return 0;
        }

        var sum = 0L;
        foreach (var (_, count) in NgramCounts.Count<int>(Identify(words), length))
        {
            sum += count > 1 ? count : 0;
        }

        return (double)sum / (words.Count - length + 1);
    }

    private static int[] Identify(WordSequence words)
    {
        var ids = new int[words.Count];
        var known = new Dictionary<string, int>(words.Count, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < ids.Length; i++)
        {
            var word = words[i];
            if (!known.TryGetValue(word, out ids[i]))
            {
                known[word] = ids[i] = known.Dictionary.Count;
            }
        }

        return ids;
    }
}
