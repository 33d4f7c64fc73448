using System.Text;

namespace Sandbox.Data.LanguageModels;

/// <summary>Words and their ids. The special tokens stand first (see <see cref="SpecialToken"/>).</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, uint> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _words = [];

    public Vocabulary()
    {
        _lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        Add(SpecialToken.UnknownText);
        Add(SpecialToken.BeginText);
        Add(SpecialToken.EndText);
    }

    /// <summary>Number of tokens, the special ones included.</summary>
    public int Count => _words.Count;

    /// <summary>Whether words that are not in it are unknown instead of new.</summary>
    public bool IsFixed { get; private set; }

    public string this[uint id] => _words[(int)id];

    /// <summary>Closes the vocabulary: from now on a new word is unknown.</summary>
    public void Fix() => IsFixed = true;

    /// <summary>The id of a word; a new one if it is new, unless the vocabulary is fixed.</summary>
    public uint Add(ReadOnlySpan<char> word)
    {
        if (TryFind(word, out var id))
        {
            return id;
        }

        if (IsFixed)
        {
            return SpecialToken.Unknown;
        }

        var text = WellFormed(word);
        if (_ids.TryGetValue(text, out id))
        {
            return id;
        }

        id = (uint)_words.Count;
        _words.Add(text);
        _ids.Add(text, id);
        return id;
    }

    /// <summary>The id of a word, or that of the unknown word.</summary>
    public uint Find(ReadOnlySpan<char> word) => TryFind(word, out var id) ? id : SpecialToken.Unknown;

    public bool TryFind(ReadOnlySpan<char> word, out uint id) => _lookup.TryGetValue(word, out id);

    /// <summary>For each id its place in the ordinal order of the words; the special tokens keep theirs. A model is
    /// written in this order, so that it does not depend on the order of the texts.</summary>
    public uint[] Ranks()
    {
        var order = Enumerable.Range(SpecialToken.Count, Count - SpecialToken.Count).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(_words[a], _words[b]));
        var ranks = new uint[Count];
        for (var id = 0; id < SpecialToken.Count; id++)
        {
            ranks[id] = (uint)id;
        }

        for (var place = 0; place < order.Length; place++)
        {
            ranks[order[place]] = (uint)(place + SpecialToken.Count);
        }

        return ranks;
    }

    /// <summary>Whether no word but the special ones is longer than one character.</summary>
    public bool AreCharacters() => _words.Skip(SpecialToken.Count)
        .All(w => w == SpecialToken.SpaceText || w.Length == 1 || (w.Length == 2 && char.IsSurrogatePair(w[0], w[1])));

    // Half a surrogate pair has no form in UTF-8: without this, two words could be one word in the file.
    private static string WellFormed(ReadOnlySpan<char> word) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(word.ToArray()));
}
