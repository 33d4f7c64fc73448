using System.Globalization;
using System.Text;

namespace Sandbox.Data.Text.Repair;

/// <summary>Replaces character references that end in a semicolon, named or numbered.</summary>
internal static class HtmlReferences
{
    private const int LongestName = 24;
    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Names = Read().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text with its references replaced; the same object where there are none.</summary>
    public static string Replace(string text)
    {
        var at = text.IndexOf('&', StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var (result, copied) = (new StringBuilder(text.Length), 0);
        while (at >= 0)
        {
            var length = LengthAt(text, at);
            if (length > 0 && Resolve(text.AsSpan(at + 1, length - 2)) is { } replaced)
            {
                result.Append(text, copied, at - copied).Append(replaced);
                copied = at + length;
            }

            at = text.IndexOf('&', at + Math.Max(length, 1));
        }

        return copied == 0 ? text : result.Append(text, copied, text.Length - copied).ToString();
    }

    private static int LengthAt(string text, int at)
    {
        var start = at + 1 < text.Length && text[at + 1] == '#' ? at + 2 : at + 1;
        var end = start;
        while (end < text.Length && end - start < LongestName && char.IsAsciiLetterOrDigit(text[end]))
        {
            end++;
        }

        return end > start && end < text.Length && text[end] == ';' ? end + 1 - at : 0;
    }

    private static string? Resolve(ReadOnlySpan<char> name)
    {
        if (name[0] != '#')
        {
            return Names.TryGetValue(name, out var found) ? found : null;
        }

        var isHex = name[1] is 'x' or 'X';
        var digits = name[(isHex ? 2 : 1)..];
        if (digits.IsEmpty || digits.ContainsAnyExcept(isHex ? "0123456789abcdefABCDEF" : "0123456789"))
        {
            return null;
        }

        return long.TryParse(digits, isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? Character(number)
            : "\ufffd";
    }

    // As the HTML standard has it: C1 controls are Windows-1252, other controls and non-characters vanish. A reference to a
    // semicolon stays, since what is looked for is whether one is left.
    private static string? Character(long number) => number switch
    {
        ';' => null,
        0 or (>= 0xd800 and <= 0xdfff) or > 0x10ffff => "\ufffd",
        '\r' => "\r",
        >= 0x80 and <= 0x9f => RepairTables.Shared.Find("sloppy-windows-1252")[(byte)number].ToString(),
        (>= 1 and <= 8) or 0xb or (>= 0xe and <= 0x1f) or 0x7f or (>= 0xfdd0 and <= 0xfdef) => string.Empty,
        _ when (number & 0xfffe) == 0xfffe => string.Empty,
        _ => char.ConvertFromUtf32((int)number),
    };

    private static Dictionary<string, string> Read()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        using var stream = typeof(HtmlReferences).Assembly.GetManifestResourceStream("Sandbox.Data.Text.html-entities.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(' ');
            if (line[0] is not ('#' or '-'))
            {
                names[fields[0]] = string.Concat(fields[1..].Select(f => char.ConvertFromUtf32(int.Parse(f, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
            }
        }

        return names;
    }
}
