using System.Collections.Concurrent;
using Sandbox.Data.Text;

namespace Sandbox.Data.Chinese;

/// <summary>Texts and what they become, from the tables of <c>Assets/ChineseConversion</c>.</summary>
internal sealed class PhraseDictionary
{
    private const string ReversedEnd = "Rev";
    private static readonly ConcurrentDictionary<string, Lazy<PhraseDictionary>> Known = new(StringComparer.Ordinal);
    private readonly CharacterTrie _trie;
    private readonly string[] _replacements;

    private PhraseDictionary(IReadOnlyDictionary<string, string> entries)
    {
        _trie = new CharacterTrie(entries.Keys.Select((key, i) => KeyValuePair.Create(key, i)));
        _replacements = [.. entries.Values];
    }

    /// <summary>The dictionary of that name; one that ends in <c>Rev</c> is its counterpart the other way round.</summary>
    public static PhraseDictionary Find(string name) =>
        Known.GetOrAdd(name, static n => new Lazy<PhraseDictionary>(() => new PhraseDictionary(Entries(n)))).Value;

    /// <summary>Length of the longest text of the dictionary at the beginning, and what it becomes; 0 where there is
    /// none.</summary>
    public int LongestAt(ReadOnlySpan<char> text, out string replacement)
    {
        var (longest, found) = (0, -1);
        var node = CharacterTrie.Root;
        for (var length = 1; length <= text.Length; length++)
        {
            node = _trie.Next(node, text[length - 1]);
            if (node < 0)
            {
                break;
            }

            if (_trie.ValueAt(node) is >= 0 and var value)
            {
                (longest, found) = (length, value);
            }
        }

        replacement = found < 0 ? string.Empty : _replacements[found];
        return longest;
    }

    private static Dictionary<string, string> Entries(string name)
    {
        var isReversed = name.EndsWith(ReversedEnd, StringComparison.Ordinal);
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (text, becomes) in Files(isReversed ? name[..^ReversedEnd.Length] : name).SelectMany(Lines))
        {
            if (!isReversed)
            {
                entries.TryAdd(text, becomes[0]);
                continue;
            }

            foreach (var other in becomes)
            {
                entries.TryAdd(other, text);
            }
        }

        return entries;
    }

    private static string[] Files(string name) => name == "TWPhrases" ? ["TWPhrasesIT", "TWPhrasesName", "TWPhrasesOther"] : [name];

    private static IEnumerable<(string Text, string[] Becomes)> Lines(string file)
    {
        using var stream = typeof(PhraseDictionary).Assembly.GetManifestResourceStream($"Sandbox.Data.Chinese.{file}.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab > 0)
            {
                yield return (line[..tab], line[(tab + 1)..].Split(' '));
            }
        }
    }
}
