using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Finds IP addresses: four numbers up to 255 without leading zeros, or eight groups of hexadecimal digits. There
/// need be no boundary on either side, and the last number takes the first form that fits. A scanner that looks at dots and
/// colons, since most text has no address.</summary>
internal static class IpAddresses
{
    private const string Number = "(?:1[0-9][0-9]|2[0-4][0-9]|25[0-5]|[1-9][0-9]|[0-9])";
    private const string Group = @"[\da-fA-F]{1,4}";
    private const int LongestNumber = 3;
    private const int LongestGroup = 4;
    private const int Numbers = 4;
    private const int Groups = 8;
    private static readonly PythonRegex Pattern = new($@"(?:{Number}\.){{3}}{Number}|({Group}:){{7}}{Group}");

    /// <summary>A function that replaces addresses; one with references to groups is left to the pattern.</summary>
    public static Func<string, string> Replacer(string replacement) =>
        replacement.Contains('\\', StringComparison.Ordinal) ? Pattern.Replacer(replacement) : Spans.Replacer(() => Find, replacement);

    private static (int Start, int End) Find(string text, int from)
    {
        for (var at = from; (at = NextMark(text, at)) >= 0; at++)
        {
            var end = text[at] == '.' ? NumbersEnd(text, at + 1) : GroupsEnd(text, at + 1);
            if (end >= 0 && FirstStart(text, from, at) is >= 0 and var start)
            {
                return (start, end);
            }
        }

        return (-1, -1);
    }

    private static int NextMark(string text, int from) =>
        from < text.Length && text.AsSpan(from).IndexOfAny('.', ':') is >= 0 and var at ? from + at : -1;

    // The leftmost start of a number or group that ends at the mark.
    private static int FirstStart(string text, int from, int mark)
    {
        var isNumber = text[mark] == '.';
        for (var start = Math.Max(from, mark - (isNumber ? LongestNumber : LongestGroup)); start < mark; start++)
        {
            if (isNumber ? IsNumber(text.AsSpan(start, mark - start)) : IsGroup(text.AsSpan(start, mark - start)))
            {
                return start;
            }
        }

        return -1;
    }

    private static int NumbersEnd(string text, int at)
    {
        for (var i = 1; i < Numbers - 1; i++)
        {
            var length = text.AsSpan(at, Math.Min(LongestNumber + 1, text.Length - at)).IndexOf('.');
            if (length <= 0 || !IsNumber(text.AsSpan(at, length)))
            {
                return -1;
            }

            at += length + 1;
        }

        for (var length = Math.Min(LongestNumber, text.Length - at); length >= 1; length--)
        {
            if (IsNumber(text.AsSpan(at, length)))
            {
                return at + length;
            }
        }

        return -1;
    }

    private static int GroupsEnd(string text, int at)
    {
        for (var i = 1; i < Groups - 1; i++)
        {
            var length = text.AsSpan(at, Math.Min(LongestGroup + 1, text.Length - at)).IndexOf(':');
            if (length <= 0 || !IsGroup(text.AsSpan(at, length)))
            {
                return -1;
            }

            at += length + 1;
        }

        var last = 0;
        while (last < LongestGroup && at + last < text.Length && IsHex(text[at + last]))
        {
            last++;
        }

        return last > 0 ? at + last : -1;
    }

    // 0 to 255 without a leading zero.
    private static bool IsNumber(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return value <= byte.MaxValue && (digits.Length == 1 || digits[0] != '0');
    }

    private static bool IsGroup(ReadOnlySpan<char> digits)
    {
        foreach (var digit in digits)
        {
            if (!IsHex(digit))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHex(char c) => char.IsDigit(c) || c is (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}
