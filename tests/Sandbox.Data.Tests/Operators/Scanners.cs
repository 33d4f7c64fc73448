using System.Text.RegularExpressions;
using Sandbox.Data.Operators.Mappers;

namespace Sandbox.Data.Tests.Operators;

/// <summary>Scanners do what the patterns of upstream ask, on texts made of what they look at.</summary>
public sealed class Scanners
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public void Addresses_are_found_as_by_the_pattern()
    {
        const string Number = "(?:1[0-9][0-9]|2[0-4][0-9]|25[0-5]|[1-9][0-9]|[0-9])";
        const string Group = @"[\da-fA-F]{1,4}";
        var pattern = new Regex($@"(?:{Number}\.){{3}}{Number}|(?:{Group}:){{7}}{Group}", RegexOptions.None, Limit);
        var scan = IpAddresses.Replacer("<>");
        foreach (var text in Texts(20_000, ["1", "0", "25", "255", "256", "09", "192", ".", ".", ":", ":", "af", "F00d", "12345", "g", " ", "8.8.8.8", "1:2:3:4:5:6:7:8"], 24))
        {
            scan(text).ShouldBe(pattern.Replace(text, "<>"), text);
        }
    }

    [Fact]
    public void Tables_are_found_as_by_the_pattern()
    {
        var options = new TableTextOptions { MinCol = 2, MaxCol = 4 };
        var scan = TableText.Remover(options);
        foreach (var text in Texts(20_000, ["a", "bc", "|", " ", "\t", "\n", "\n", "\n", "a b", "a|b", "\u00a0", "x y z\n"], 16))
        {
            var expected = text;
            for (var i = options.MinCol - 1; i < options.MaxCol; i++)
            {
                expected = Regex.Replace(expected, $@"(?<=\n)((\S+?)([ |\t](\S+?)){{{i}}}\n+){{2,}}", string.Empty, RegexOptions.None, Limit);
            }

            scan(text).ShouldBe(expected, text.Replace("\n", "\\n", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Macros_are_expanded_as_by_the_pattern()
    {
        foreach (var text in Texts(5_000, ["\\newcommand{\\a}{x y}\n", "\\def\\b{{z}}\n", "\\newcommand*{\\a}{w$1}", "\\a", "\\b", " ", "\n", "c", "\\ab", "é", "\\newcommand{\\a}{unclosed"], 10))
        {
            Latex.ExpandMacros(text).ShouldBe(Expected(text), text);
        }
    }

    private static string Expected(string text)
    {
        var macros = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pattern in new[] { @"\\newcommand\*?\{(\\[a-zA-Z0-9]+?)\}\{(.*?)\}$", @"\\def\s*(\\[a-zA-Z0-9]+?)\s*\{(.*?)\}$" })
        {
            foreach (Match match in Regex.Matches(text, pattern, RegexOptions.Multiline, Limit))
            {
                macros[match.Groups[1].Value] = match.Groups[2].Value;
            }
        }

        return macros.Aggregate(text, (current, macro) => Regex.Replace(
            current, $"({Regex.Escape(macro.Key)})([^a-zA-Z0-9])", m => macro.Value + m.Groups[2].Value, RegexOptions.None, Limit));
    }

    private static IEnumerable<string> Texts(int count, string[] pieces, int most)
    {
        var random = new Random(17);
        return Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => pieces[random.Next(pieces.Length)])));
    }
}
