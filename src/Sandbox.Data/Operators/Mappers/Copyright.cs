namespace Sandbox.Data.Operators.Mappers;

/// <summary>Removes copyright notices at the head of source code.</summary>
internal static class Copyright
{
    private const string Word = "copyright";

    /// <summary>Of block comments only the first is looked at, and goes where it speaks of copyright. Where there is none,
    /// leading lines that are empty or comments go.</summary>
    public static string Remove(string text)
    {
        var start = text.IndexOf("/*", StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf("*/", start + 2, StringComparison.Ordinal);
        if (end >= 0)
        {
            var comment = text.AsSpan(start, end + 2 - start);
            return comment.Contains(Word, StringComparison.OrdinalIgnoreCase) ? text.Remove(start, comment.Length) : text;
        }

        return WithoutLeadingComments(text);
    }

    private static string WithoutLeadingComments(string text)
    {
        for (var at = 0; ;)
        {
            var length = text.AsSpan(at).IndexOf('\n');
            var line = length < 0 ? text.AsSpan(at) : text.AsSpan(at, length);
            if (!line.IsEmpty && !line.StartsWith("//", StringComparison.Ordinal) && line[0] != '#' && !line.StartsWith("--", StringComparison.Ordinal))
            {
                return text[at..];
            }

            if (length < 0)
            {
                return string.Empty;
            }

            at += length + 1;
        }
    }
}
