namespace Sandbox.Data.Operators.Mappers;

/// <summary>Finds mail addresses: letters, digits and <c>. - + _</c>, an at sign, the same in lower case, a dot, and lower
/// case letters. Looks at every at sign once, so that no text takes long.</summary>
internal static class Emails
{
    public static Func<string, string> Replacer(string replacement) => Spans.Replacer(() => Find, replacement);

    private static (int Start, int End) Find(string text, int from)
    {
        for (var at = text.IndexOf('@', from); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var start = at;
            while (start > from && IsLocal(text[start - 1]))
            {
                start--;
            }

            var end = start < at ? DomainEnd(text, at + 1) : -1;
            if (end >= 0)
            {
                return (start, end);
            }
        }

        return (-1, -1);
    }

    // The last dot with a lower case letter behind it ends the longest match.
    private static int DomainEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && IsDomain(text[end]))
        {
            end++;
        }

        for (var dot = end - 2; dot > start; dot--)
        {
            if (text[dot] == '.' && char.IsAsciiLetterLower(text[dot + 1]))
            {
                var last = dot + 1;
                while (last < end && char.IsAsciiLetterLower(text[last]))
                {
                    last++;
                }

                return last;
            }
        }

        return -1;
    }

    private static bool IsLocal(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '_';

    private static bool IsDomain(char c) => IsLocal(c) && !char.IsAsciiLetterUpper(c);
}
