namespace Sandbox.Data.Text;

/// <summary>What a scan wants to know of a code point.</summary>
[Flags]
internal enum CharacterClass : byte
{
    None = 0,

    /// <summary>A letter or a numeric character.</summary>
    Alphanumeric = 1,

    /// <summary>One of Data-Juicer's special characters.</summary>
    Special = 2,

    /// <summary>Ends a line.</summary>
    LineEnd = 4,

    /// <summary>Parts words: blank, line feed, tab.</summary>
    Separator = 8,
}

/// <summary>The classes of all code points: blocks of 256, equal blocks shared, so that the table stays in the cache.</summary>
internal static class CharacterClasses
{
    private const int BlockSize = 256;
    private static readonly CharacterClass[][] Blocks = Build();

    public static CharacterClass Of(int codePoint) => Blocks[codePoint >> 8][codePoint & 0xff];

    private static CharacterClass[][] Build()
    {
        var known = new Dictionary<string, CharacterClass[]>(StringComparer.Ordinal);
        var blocks = new CharacterClass[0x110000 / BlockSize][];
        for (var block = 0; block < blocks.Length; block++)
        {
            var classes = Enumerable.Range(block * BlockSize, BlockSize).Select(Compute).ToArray();
            var key = new string([.. classes.Select(c => (char)c)]);
            blocks[block] = known.TryGetValue(key, out var shared) ? shared : known[key] = classes;
        }

        return blocks;
    }

    private static CharacterClass Compute(int codePoint) =>
        (CodePointSet.Alphanumeric.Contains(codePoint) ? CharacterClass.Alphanumeric : CharacterClass.None)
        | (CodePointSet.Special.Contains(codePoint) ? CharacterClass.Special : CharacterClass.None)
        | (codePoint is (>= 0x0a and <= 0x0d) or (>= 0x1c and <= 0x1e) or 0x85 or 0x2028 or 0x2029 ? CharacterClass.LineEnd : CharacterClass.None)
        | (codePoint is ' ' or '\n' or '\t' ? CharacterClass.Separator : CharacterClass.None);
}
