namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>Texts and what replaces them; at a place the longest one counts. Most characters begin none, and most that do
/// are decided by themselves and the character behind them.</summary>
internal sealed class ReplacementRules
{
    private const byte Begins = 1;
    private const byte Continues = 2;
    private readonly byte[] _roles = new byte[char.MaxValue + 1];
    private readonly ushort[] _single = new ushort[char.MaxValue + 1];
    private readonly List<string> _texts = [string.Empty];
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _long;
    private readonly int _longest = 1;

    public ReplacementRules(IReadOnlyDictionary<string, string> rules)
    {
        var longer = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, text) in rules.Where(r => r.Key.Length > 0))
        {
            _roles[key[0]] |= Begins;
            if (key.Length == 1)
            {
                _single[key[0]] = checked((ushort)_texts.Count);
                _texts.Add(text);
                continue;
            }

            longer[key] = text;
            _longest = Math.Max(_longest, key.Length);
            foreach (var c in key.AsSpan(1))
            {
                _roles[c] |= Continues;
            }
        }

        _long = longer.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether a text that is replaced begins with the character.</summary>
    public bool MayBegin(char c) => (_roles[c] & Begins) != 0;

    /// <summary>Whether the character is replaced where it stands alone.</summary>
    public bool Replaces(char c) => _single[c] != 0;

    /// <summary>Whether the character stands within a text that is replaced, but for its beginning.</summary>
    public bool MayContinue(char c) => (_roles[c] & Continues) != 0;

    /// <summary>The longest text at a place that is replaced; of length 0 where there is none.</summary>
    public (int Length, string Text) Find(ReadOnlySpan<char> text, int at)
    {
        var length = 1;
        while (length < _longest && at + length < text.Length && (_roles[text[at + length]] & Continues) != 0)
        {
            length++;
        }

        for (; length > 1; length--)
        {
            if (_long.TryGetValue(text.Slice(at, length), out var found))
            {
                return (length, found);
            }
        }

        var single = _single[text[at]];
        return single == 0 ? (0, string.Empty) : (1, _texts[single]);
    }
}
