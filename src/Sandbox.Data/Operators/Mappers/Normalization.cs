using System.Text;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Character by character replacement.</summary>
internal static class Normalization
{
    // Facts observed of Data-Juicer 1.4.3: LF, CR and U+FEFF stay, some that are no blanks become ones.
    private static readonly System.Buffers.SearchValues<char> BlankLike = System.Buffers.SearchValues.Create(
        "\t\u0084\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufffc");

    private static readonly Dictionary<char, string> Marks = new()
    {
        ['，'] = ",", ['。'] = ".", ['、'] = ",", ['„'] = "\"", ['”'] = "\"", ['“'] = "\"", ['«'] = "\"", ['»'] = "\"",
        ['１'] = "\"", ['」'] = "\"", ['「'] = "\"", ['《'] = "\"", ['》'] = "\"", ['´'] = "'", ['∶'] = ":", ['：'] = ":",
        ['？'] = "?", ['！'] = "!", ['（'] = "(", ['）'] = ")", ['；'] = ";", ['–'] = "-", ['—'] = " - ", ['．'] = ". ",
        ['～'] = "~", ['’'] = "'", ['…'] = "...", ['━'] = "-", ['〈'] = "<", ['〉'] = ">", ['【'] = "[", ['】'] = "]",
        ['％'] = "%", ['►'] = "-",
    };

    private static readonly System.Buffers.SearchValues<char> MarkCharacters = System.Buffers.SearchValues.Create([.. Marks.Keys]);

    /// <summary>Trims first, so that a blank made from the last character stays.</summary>
    public static string Blanks(string text)
    {
        var stripped = PythonText.Strip(text);
        if (stripped.Length == text.Length && !stripped.ContainsAny(BlankLike))
        {
            return text;
        }

        return string.Create(stripped.Length, text, static (result, whole) =>
        {
            PythonText.Strip(whole).CopyTo(result);
            for (var at = result.IndexOfAny(BlankLike); at >= 0; at = result.IndexOfAny(BlankLike))
            {
                result[at] = ' ';
                result = result[(at + 1)..];
            }
        });
    }

    public static string Punctuation(string text)
    {
        if (!text.AsSpan().ContainsAny(MarkCharacters))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAny(MarkCharacters); at >= 0; at = rest.IndexOfAny(MarkCharacters))
        {
            result.Append(rest[..at]).Append(Marks[rest[at]]);
            rest = rest[(at + 1)..];
        }

        return result.Append(rest).ToString();
    }
}
