using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Filters.Models;

/// <summary>The share of words that stand in a table, at most 1. Groups of neighbouring words are put behind the words where
/// asked for, in the numerator and the denominator.</summary>
internal sealed class WordTableShare(WordTableOptions options)
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _table =
        options.LoadWords().ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly int[] _groupSizes = options.UseGroups ? [.. options.GroupSizes] : [];
    private readonly string _separator = options.GroupSeparator;

    /// <summary>The share among words that are lower-cased and refined.</summary>
    public double Of(WordSequence words)
    {
        var (found, all) = (0, words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            found += _table.Contains(words[i]) ? 1 : 0;
        }

        foreach (var size in _groupSizes)
        {
            found += InGroups(words, size);
            all += Math.Max(0, words.Count - size + 1);
        }

        return all == 0 ? 0 : Math.Min(1, (double)found / all);
    }

    private int InGroups(WordSequence words, int size)
    {
        var found = 0;
        var group = new char[64];
        for (var first = 0; first + size <= words.Count; first++)
        {
            var length = 0;
            for (var i = 0; i < size; i++)
            {
                Append(ref group, ref length, i == 0 ? default : _separator);
                Append(ref group, ref length, words[first + i]);
            }

            found += _table.Contains(group.AsSpan(0, length)) ? 1 : 0;
        }

        return found;
    }

    private static void Append(ref char[] group, ref int length, ReadOnlySpan<char> text)
    {
        if (length + text.Length > group.Length)
        {
            Array.Resize(ref group, Math.Max(group.Length * 2, length + text.Length));
        }

        text.CopyTo(group.AsSpan(length));
        length += text.Length;
    }
}
