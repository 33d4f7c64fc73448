using System.Text;

namespace Sandbox.Components.TextQuality;

/// <summary>Words as Spark's standard tokenizer cuts them: small letters by Java's rules, parted at each single white space.</summary>
internal static class JavaWords
{
    private const char Sigma = 'Σ';
    private const char FinalSigma = 'ς';
    private const char DottedI = 'İ';

    /// <summary>The words; those that are empty stay, but for the ones at the end.</summary>
    public static string[] Split(string text)
    {
        var words = Lower(text).Split([' ', '\t', '\n', '\v', '\f', '\r']);
        if (words.Length == 1)
        {
            return words;
        }

        var end = words.Length;
        while (end > 0 && words[end - 1].Length == 0)
        {
            end--;
        }

        return words[..end];
    }

    // Two letters do not go one to one: İ becomes two characters, and Σ depends on what stands around it.
    private static string Lower(string text)
    {
        if (text.AsSpan().IndexOfAny(Sigma, DottedI) < 0)
        {
            return text.ToLowerInvariant();
        }

        var lower = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                DottedI => lower.Append("i\u0307"),
                Sigma when IsFinal(text, i) => lower.Append(FinalSigma),
                var other when char.IsHighSurrogate(other) && i + 1 < text.Length => lower.Append(text.Substring(i++, 2).ToLowerInvariant()),
                var other => lower.Append(char.ToLowerInvariant(other)),
            };
        }

        return lower.ToString();
    }

    private static bool IsFinal(string text, int at) => FollowsLetter(text, at) && !PrecedesLetter(text, at);

    private static bool FollowsLetter(string text, int at)
    {
        var i = at - 1;
        while (i >= 0 && IsIgnored(text[i]))
        {
            i--;
        }

        return i >= 0 && char.IsLetter(text[i]);
    }

    private static bool PrecedesLetter(string text, int at)
    {
        var i = at + 1;
        while (i < text.Length && IsIgnored(text[i]))
        {
            i++;
        }

        return i < text.Length && char.IsLetter(text[i]);
    }

    private static bool IsIgnored(char sign) => sign is '\'' or '.' or ':' or '·' or '’' || char.GetUnicodeCategory(sign)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.Format;
}
