using System.Globalization;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>
/// Finds links by upstream's rule: at the boundary of a word a scheme with slashes (or any word before a colon and a
/// letter), <c>www.</c> or a host with a slash; behind it at least two items, an item being a character other than a blank,
/// a parenthesis or an angle bracket, or a group in parentheses up to two deep; the last is a group or no closing mark.
/// A scanner instead of the pattern, whose nested repetitions take forever on some texts.
/// </summary>
internal sealed class Links
{
    private const string ClosingMarks = "`![]{};:'\".,?«»“”‘’";
    private readonly List<(int End, bool CanEnd)> _items = [];
    private int _schemeEnd = -1;
    private int _hostEnd = -1;

    public static Func<string, string> Replacer(string replacement) => Spans.Replacer(() => new Links().Find, replacement);

    private (int Start, int End) Find(string text, int from)
    {
        for (var start = from; start < text.Length; start++)
        {
            var c = text[start];
            if ((char.IsAsciiLetterOrDigit(c) || c is '.' or '-') && IsBoundary(text, start) && Match(text, start) is >= 0 and var end)
            {
                return (start, end);
            }
        }

        return (-1, -1);
    }

    private int Match(string text, int start)
    {
        foreach (var body in Heads(text, start))
        {
            if (Body(text, body) is >= 0 and var end)
            {
                return end;
            }
        }

        return -1;
    }

    // Where the part behind the head may start, in the order in which the alternatives are tried.
    private IEnumerable<int> Heads(string text, int start)
    {
        if (char.IsAsciiLetter(text[start]) && RunEnd(text, start + 1, ref _schemeEnd, IsSchemeCharacter) is var colon
            && colon > start + 1 && colon + 1 < text.Length && text[colon] == ':')
        {
            var slashes = Slashes(text, colon + 1);
            for (var i = slashes; i >= 1; i--)
            {
                yield return colon + 1 + i;
            }

            if (char.IsAsciiLetterOrDigit(text[colon + 1]) || text[colon + 1] == '%')
            {
                yield return colon + 2;
            }
        }

        if (Www(text, start) is >= 0 and var www)
        {
            yield return www;
        }

        if (RunEnd(text, start, ref _hostEnd, IsHostCharacter) is var host && host < text.Length && text[host] == '/' && EndsWithDomain(text, start, host))
        {
            yield return host + 1;
        }
    }

    private static int Slashes(string text, int at)
    {
        var count = 0;
        while (count < 3 && at + count < text.Length && text[at + count] == '/')
        {
            count++;
        }

        return count;
    }

    private static int Www(string text, int start)
    {
        if (!text.AsSpan(start).StartsWith("www", StringComparison.OrdinalIgnoreCase))
        {
            return -1;
        }

        var at = start + 3;
        while (at < text.Length && at < start + 6 && char.IsDigit(text[at]))
        {
            at++;
        }

        return at < text.Length && text[at] == '.' ? at + 1 : -1;
    }

    // A dot and two to four letters before the slash, and something before the dot.
    private static bool EndsWithDomain(string text, int start, int end)
    {
        var at = end;
        while (at > start && char.IsAsciiLetter(text[at - 1]))
        {
            at--;
        }

        return end - at is >= 2 and <= 4 && at - 1 > start && text[at - 1] == '.';
    }

    // The end of a run is kept: the starts within a long run share it.
    private static int RunEnd(string text, int from, ref int known, Func<char, bool> belongs)
    {
        if (from < known)
        {
            return known;
        }

        var at = from;
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        known = at;
        return at;
    }

    private int Body(string text, int start)
    {
        _items.Clear();
        for (var at = start; at < text.Length;)
        {
            var end = text[at] == '(' ? Group(text, at) : IsPlain(text[at]) ? at + 1 : -1;
            if (end < 0)
            {
                break;
            }

            _items.Add((end, text[at] == '(' || !ClosingMarks.Contains(text[at], StringComparison.Ordinal)));
            at = end;
        }

        for (var i = _items.Count - 1; i >= 1; i--)
        {
            if (_items[i].CanEnd)
            {
                return EndOfPair(text, _items[i].End);
            }
        }

        return -1;
    }

    // An item is a code point: a pair of surrogates is never cut.
    private static int EndOfPair(string text, int end) =>
        end < text.Length && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]) ? end + 1 : end;

    private static int Group(string text, int open)
    {
        var at = open + 1;
        while (at < text.Length && text[at] != ')')
        {
            if (IsPlain(text[at]))
            {
                at++;
                continue;
            }

            var inner = text[at] == '(' ? at + 1 : -1;
            while (inner >= 0 && inner < text.Length && IsPlain(text[inner]))
            {
                inner++;
            }

            if (inner < at + 2 || inner >= text.Length || text[inner] != ')')
            {
                return -1;
            }

            at = inner + 1;
        }

        return at < text.Length ? at + 1 : -1;
    }

    private static bool IsPlain(char c) => c is not ('(' or ')' or '<' or '>') && !char.IsWhiteSpace(c) && c is not (>= '\u001c' and <= '\u001f');

    private static bool IsHostCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-';

    private static bool IsSchemeCharacter(char c) => c == '-' || IsWord(c);

    private static bool IsBoundary(string text, int at) => (at > 0 && IsWord(text[at - 1])) != IsWord(text[at]);

    // Half a surrogate pair counts as part of a word: most letters beyond U+FFFF are letters of words.
    private static bool IsWord(char c) => c < 0x80
        ? char.IsAsciiLetterOrDigit(c) || c == '_'
        : char.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
}
