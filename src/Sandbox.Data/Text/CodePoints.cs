using System.Globalization;

namespace Sandbox.Data.Text;

/// <summary>Goes through a text by code points. Half a surrogate pair is a code point of its own, as in Python.</summary>
internal static class CodePoints
{
    /// <summary>The code point at a place, and how many UTF-16 units it takes.</summary>
    public static int At(ReadOnlySpan<char> text, int at, out int units)
    {
        var c = text[at];
        if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            units = 2;
            return char.ConvertToUtf32(c, text[at + 1]);
        }

        units = 1;
        return c;
    }

    /// <summary>The code point that ends before a place.</summary>
    public static int Before(ReadOnlySpan<char> text, int end, out int units)
    {
        var c = text[end - 1];
        if (char.IsLowSurrogate(c) && end >= 2 && char.IsHighSurrogate(text[end - 2]))
        {
            units = 2;
            return char.ConvertToUtf32(text[end - 2], c);
        }

        units = 1;
        return c;
    }

    /// <summary>All code points of a text.</summary>
    public static int[] All(ReadOnlySpan<char> text)
    {
        var result = new int[PythonText.Length(text)];
        for (int i = 0, n = 0; i < text.Length; n++)
        {
            result[n] = At(text, i, out var units);
            i += units;
        }

        return result;
    }

    /// <summary>The general category of a code point.</summary>
    public static UnicodeCategory Category(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint);
}
