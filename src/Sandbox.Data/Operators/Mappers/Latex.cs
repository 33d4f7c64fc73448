using System.Text.RegularExpressions;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>What is done to TeX sources.</summary>
internal static partial class Latex
{
    private const int Limit = 30_000;
    private static readonly string[] EndMarks = ["\\appendix", "\\begin{references}", "\\begin{REFERENCES}", "\\begin{thebibliography}"];

    /// <summary>Cuts the bibliography and all behind it.</summary>
    public static string WithoutBibliography(string text)
    {
        var end = EndMarks.Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).Append(BibliographyCommand(text))
            .Where(at => at >= 0).DefaultIfEmpty(text.Length).Min();
        return text[..end];
    }

    /// <summary>Cuts what stands before the first heading; a text without one stays.</summary>
    public static string WithoutHeader(string text) => Heading().Match(text) is { Success: true } heading ? text[heading.Index..] : text;

    /// <summary>Removes comments: the rest of a line behind a percent sign, the character before it included, then whole
    /// lines.</summary>
    public static Func<string, string> CommentRemover(RemoveCommentsOptions options) => text =>
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        text = options.Inline ? InlineComment().Replace(text, string.Empty) : text;
        return options.Multiline ? CommentLine().Replace(text, string.Empty) : text;
    };

    /// <summary>Replaces macros without arguments by what they stand for, one macro after the other, in their definitions
    /// too. The character behind a macro is part of the match, so that of two in a row only the first is replaced.</summary>
    public static string ExpandMacros(string text)
    {
        if (!text.Contains("\\newcommand", StringComparison.Ordinal) && !text.Contains("\\def", StringComparison.Ordinal))
        {
            return text;
        }

        // The last definition of a name counts, at the place of the first.
        var macros = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var match in NewCommand().Matches(text).Concat(Definition().Matches(text)))
        {
            macros[match.Groups["name"].Value] = match.Groups["value"].Value;
        }

        foreach (var (name, value) in macros)
        {
            text = Expand(text, name, value);
        }

        return text;
    }

    private static string Expand(string text, string name, string value)
    {
        var result = new System.Text.StringBuilder(text.Length);
        var at = 0;
        for (var found = text.IndexOf(name, StringComparison.Ordinal); found >= 0; found = text.IndexOf(name, found, StringComparison.Ordinal))
        {
            var end = found + name.Length;
            if (end == text.Length)
            {
                break;
            }

            if (char.IsAsciiLetterOrDigit(text[end]))
            {
                found++;
                continue;
            }

            result.Append(text, at, found - at).Append(value).Append(text[end]);
            at = found = end + 1;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    // Fires where a closing brace comes at some place behind it.
    private static int BibliographyCommand(string text)
    {
        const string Command = "\\bibliography{";
        var at = text.IndexOf(Command, StringComparison.Ordinal);
        return at >= 0 && text.IndexOf('}', at + Command.Length) >= 0 ? at : -1;
    }

    // Upstream's rule lacks an "or" between the last two: a paragraph counts only with a subparagraph right behind it.
    [GeneratedRegex(
        @"\\(?:chapter|part|section|subsection|subsubsection)\*?(?:\[.*?\])?\{.*?\}|\\paragraph\*?(?:\[.*?\])?\{.*?\}\\subparagraph\*?(?:\[.*?\])?\{.*?\}",
        RegexOptions.Singleline, Limit)]
    private static partial Regex Heading();

    // A pair of surrogates is one character.
    [GeneratedRegex(@"(?:[\ud800-\udbff][\udc00-\udfff]|[^\\])%.+$", RegexOptions.Multiline, Limit)]
    private static partial Regex InlineComment();

    [GeneratedRegex(@"^%.*\n?", RegexOptions.Multiline, Limit)]
    private static partial Regex CommentLine();

    [GeneratedRegex(@"\\newcommand\*?\{(?<name>\\[a-zA-Z0-9]+?)\}\{(?<value>.*?)\}$", RegexOptions.Multiline, Limit)]
    private static partial Regex NewCommand();

    [GeneratedRegex(@"\\def\s*(?<name>\\[a-zA-Z0-9]+?)\s*\{(?<value>.*?)\}$", RegexOptions.Multiline, Limit)]
    private static partial Regex Definition();
}
