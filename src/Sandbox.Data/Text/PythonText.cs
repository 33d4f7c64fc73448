using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sandbox.Data.Text;

/// <summary>What Python means by a blank, a line, a lower-case text and a numeric character, on code points.</summary>
internal static class PythonText
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(
        "\t\n\v\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000");

    /// <summary>Characters that end a line in <c>str.splitlines()</c>.</summary>
    public static SearchValues<char> LineEnds { get; } = SearchValues.Create("\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029");

    /// <summary>Characters that <c>str.strip()</c> takes off: unlike <see cref="char.IsWhiteSpace(char)"/> also U+001C–001F.</summary>
    public static bool IsBlank(char c) => c switch
    {
        <= ' ' => c is ' ' or (>= '\t' and <= '\r') or (>= '\u001c' and <= '\u001f'),
        < '\u0085' => false,
        _ => c is '\u0085' or '\u00a0' or '\u1680' or (>= '\u2000' and <= '\u200a') or '\u2028' or '\u2029' or '\u202f' or '\u205f' or '\u3000',
    };

    /// <summary>The text without blanks at its ends.</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>Whether there is a blank, or a mark that ends a line.</summary>
    public static bool HasBlank(ReadOnlySpan<char> text) => text.ContainsAny(Blanks);

    /// <summary>How many words <c>str.split()</c> gives.</summary>
    public static int CountWords(ReadOnlySpan<char> text)
    {
        var (count, inWord) = (0, false);
        foreach (var c in text)
        {
            var isBlank = IsBlank(c);
            count += inWord || isBlank ? 0 : 1;
            inWord = !isBlank;
        }

        return count;
    }

    /// <summary>The lines of <c>str.splitlines()</c>, without their ends.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = text.AsSpan(at).IndexOfAny(LineEnds);
            if (length < 0)
            {
                yield return text[at..];
                yield break;
            }

            yield return text.Substring(at, length);
            at += length + (text[at + length] == '\r' && at + length + 1 < text.Length && text[at + length + 1] == '\n' ? 2 : 1);
        }
    }

    /// <summary>Length in code points.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        var length = text.Length;
        for (var at = text.IndexOfAnyInRange('\ud800', '\udbff'); at >= 0;)
        {
            if (at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                length--;
            }

            text = text[(at + 1)..];
            at = text.IndexOfAnyInRange('\ud800', '\udbff');
        }

        return length;
    }

    /// <summary>Orders texts by code points, as Python does; .NET's ordinal order differs beyond U+FFFF.</summary>
    public static int CompareCodePoints(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        var (x, y) = (a[same], b[same]);
        return char.IsSurrogate(x) != char.IsSurrogate(y) ? (char.IsSurrogate(x) ? 1 : -1) : x.CompareTo(y);
    }

    /// <summary>Lower case by Python's full mapping: one letter gets longer (İ), and a sigma at the end of a word has a
    /// form of its own.</summary>
    public static string ToLower(string text)
    {
        var lower = text.ToLowerInvariant();
        return HasSpecialCases(text) ? WithSpecialCases(text, lower) : lower;
    }

    /// <summary>Whether the text has letters whose lower case depends on their neighbours or is longer.</summary>
    public static bool HasSpecialCases(ReadOnlySpan<char> text) => text.ContainsAny('\u0130', '\u03a3');

    /// <summary>Letter or numeric (Nd, Nl, No, and the ideographs that stand for numbers are letters anyway).</summary>
    public static bool IsAlphanumeric(UnicodeCategory category) => IsLetter(category)
        || category is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>A letter of any kind.</summary>
    public static bool IsLetter(UnicodeCategory category) => category is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    // ToLowerInvariant maps unit by unit, so both texts have the same length.
    private static string WithSpecialCases(string text, string lower)
    {
        var result = new StringBuilder(lower.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                '\u0130' => result.Append("i\u0307"),
                '\u03a3' => result.Append(IsFinalSigma(text, i) ? '\u03c2' : '\u03c3'),
                _ => result.Append(lower[i]),
            };
        }

        return result.ToString();
    }

    private static bool IsFinalSigma(string text, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsCaseIgnorable(text[before]))
        {
            before--;
        }

        var after = at + 1;
        while (after < text.Length && IsCaseIgnorable(text[after]))
        {
            after++;
        }

        return before >= 0 && IsCased(text[before]) && !(after < text.Length && IsCased(text[after]));
    }

    private static bool IsCased(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsCaseIgnorable(char c) => c is '\'' or '.' or ':' or '^' or '`' or '\u00b7' or '\u2019'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
