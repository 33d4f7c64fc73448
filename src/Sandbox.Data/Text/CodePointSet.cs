using System.Globalization;

namespace Sandbox.Data.Text;

/// <summary>A set of Unicode code points, asked a million times a second.</summary>
internal sealed class CodePointSet
{
    private const int CodePoints = 0x110000;
    private readonly ulong[] _bits = new ulong[CodePoints / 64];
    private readonly bool[] _ascii = new bool[128];

    /// <summary>Data-Juicer's special characters.</summary>
    public static CodePointSet Special { get; } = Read("special-characters.txt");

    /// <summary>Letters and numeric characters.</summary>
    public static CodePointSet Alphanumeric { get; } = Where(PythonText.IsAlphanumeric);

    /// <summary>Letters.</summary>
    public static CodePointSet Letters => OnDemand.Letters;

    /// <summary>Punctuation: the general categories P.</summary>
    public static CodePointSet Punctuation => OnDemand.Punctuation;

    /// <summary>Asks for an ASCII character.</summary>
    public bool HasAscii(char c) => _ascii[c];

    /// <summary>Counts the members of the set in a text.</summary>
    public int CountIn(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            count += Contains(Text.CodePoints.At(text, at, out var units)) ? 1 : 0;
            at += units;
        }

        return count;
    }

    public bool Contains(int codePoint) => (_bits[codePoint >> 6] >> (codePoint & 63) & 1) != 0;

    /// <summary>The text without members of the set at its ends.</summary>
    public (int Start, int End) Strip(ReadOnlySpan<char> text, int start, int end)
    {
        while (start < end)
        {
            var units = 1;
            if (text[start] < 0x80 ? !_ascii[text[start]] : !Contains(Text.CodePoints.At(text[..end], start, out units)))
            {
                break;
            }

            start += units;
        }

        while (end > start)
        {
            var units = 1;
            if (text[end - 1] < 0x80 ? !_ascii[text[end - 1]] : !Contains(Text.CodePoints.Before(text[start..end], end - start, out units)))
            {
                break;
            }

            end -= units;
        }

        return (start, end);
    }

    private static CodePointSet Where(Func<UnicodeCategory, bool> member)
    {
        var set = new CodePointSet();
        for (var i = 0; i < CodePoints; i++)
        {
            if (member(Text.CodePoints.Category(i)))
            {
                set.Add(i);
            }
        }

        return set;
    }

    private static CodePointSet Read(string resource)
    {
        var set = new CodePointSet();
        using var stream = typeof(CodePointSet).Assembly.GetManifestResourceStream($"Sandbox.Data.Text.{resource}")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            foreach (var part in line.StartsWith('#') ? [] : line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var ends = part.Split('-');
                var first = int.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                var last = int.Parse(ends[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                for (var i = first; i <= last; i++)
                {
                    set.Add(i);
                }
            }
        }

        return set;
    }

    /// <summary>Takes a code point in, while the set is made.</summary>
    public void Add(int codePoint)
    {
        _bits[codePoint >> 6] |= 1UL << (codePoint & 63);
        if (codePoint < 128)
        {
            _ascii[codePoint] = true;
        }
    }

    // Few recipes need these, and each takes some milliseconds to make.
    private static class OnDemand
    {
        public static readonly CodePointSet Letters = Where(PythonText.IsLetter);
        public static readonly CodePointSet Punctuation = Where(c => c is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation);
    }
}
