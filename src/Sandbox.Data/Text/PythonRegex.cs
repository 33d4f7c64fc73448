using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sandbox.Data.Text;

/// <summary>A pattern and a replacement in Python's notation.</summary>
internal sealed class PythonRegex
{
    // A pattern that needs longer on one text would never end in practice.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Regex _regex;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="dotMatchesAll">Whether the dot matches line feeds too.</param>
    /// <exception cref="ArgumentException">It is no pattern.</exception>
    public PythonRegex(string pattern, bool dotMatchesAll = true) => _regex = new Regex(
        Translate(pattern), (dotMatchesAll ? RegexOptions.Singleline : RegexOptions.None) | RegexOptions.CultureInvariant, Limit);

    /// <summary>All matches from left to right.</summary>
    public IEnumerable<Match> Matches(string text) => _regex.Matches(text);

    /// <summary>A user's pattern, with the wrapper of <c>r'...'</c> taken off.</summary>
    public static string Unwrap(string pattern) =>
        pattern.Length > 2 && ((pattern.StartsWith("r'", StringComparison.Ordinal) && pattern.EndsWith('\''))
            || (pattern.StartsWith("r\"", StringComparison.Ordinal) && pattern.EndsWith('"')))
            ? pattern[2..^1]
            : pattern;

    /// <summary>Says what is wrong with a pattern or replacement, or null.</summary>
    public static string? Problem(string pattern, string replacement)
    {
        try
        {
            var regex = new PythonRegex(Unwrap(pattern));
            ReplacementTemplate.Parse(replacement, regex._regex);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    /// <summary>A function that replaces all matches.</summary>
    public Func<string, string> Replacer(string replacement)
    {
        var template = ReplacementTemplate.Parse(replacement, _regex);
        return text => _regex.Replace(text, template.Expand);
    }

    // Named groups, references to them and the end of the text are written differently.
    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest.StartsWith("(?P<", StringComparison.Ordinal))
            {
                result.Append("(?<");
                i += 3;
            }
            else if (rest.StartsWith("(?P=", StringComparison.Ordinal) && rest.IndexOf(')') is > 0 and var end)
            {
                result.Append(CultureInfo.InvariantCulture, $"\\k<{rest[4..end]}>");
                i += end;
            }
            else if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                i++;
                result.Append('\\').Append(pattern[i] == 'Z' ? 'z' : pattern[i]);
            }
            else
            {
                result.Append(pattern[i]);
            }
        }

        return result.ToString();
    }
}

/// <summary>A replacement with references written as <c>\1</c> or <c>\g&lt;name&gt;</c>; a dollar sign is itself.</summary>
internal sealed class ReplacementTemplate
{
    private readonly List<(string? Group, string Text)> _parts = [];

    /// <summary>Reads a replacement for a pattern.</summary>
    /// <exception cref="ArgumentException">It names a group that the pattern does not have.</exception>
    public static ReplacementTemplate Parse(string text, Regex? regex)
    {
        var template = new ReplacementTemplate();
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
            }
            else if (Group(text, ref i) is { } group)
            {
                Check(group, regex);
                template._parts.Add((null, plain.ToString()));
                template._parts.Add((group, string.Empty));
                plain.Clear();
            }
            else
            {
                plain.Append(Escaped(text[++i]));
            }
        }

        template._parts.Add((null, plain.ToString()));
        return template;
    }

    /// <summary>The text that a match is replaced by.</summary>
    public string Expand(Match match) => string.Concat(_parts.Select(p => p.Group is null ? p.Text : match.Groups[p.Group].Value));

    /// <summary>The text for a match that has no groups but itself.</summary>
    public string Expand(string match) => string.Concat(_parts.Select(p => p.Group is null ? p.Text : match));

    private static string? Group(string text, ref int at)
    {
        if (text[at + 1] is >= '1' and <= '9')
        {
            var length = at + 2 < text.Length && char.IsAsciiDigit(text[at + 2]) ? 2 : 1;
            var number = text.Substring(at + 1, length);
            at += length;
            return number;
        }

        if (text[at + 1] == 'g' && at + 2 < text.Length && text[at + 2] == '<' && text.IndexOf('>', at) is > 0 and var end)
        {
            var name = text[(at + 3)..end];
            at = end;
            return name;
        }

        return null;
    }

    private static void Check(string group, Regex? regex)
    {
        if (regex is null ? group is not ("0" or "1") : !regex.GetGroupNames().Contains(group, StringComparer.Ordinal))
        {
            throw new ArgumentException($"the replacement refers to group \"{group}\", which the pattern does not have.", nameof(group));
        }
    }

    private static string Escaped(char c) => c switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        'f' => "\f",
        'v' => "\v",
        'a' => "\a",
        '0' => "\0",
        '\\' => "\\",
        _ => "\\" + c,
    };
}
