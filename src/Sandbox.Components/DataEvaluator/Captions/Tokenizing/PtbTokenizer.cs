using System.Text;
using System.Text.RegularExpressions;

namespace Sandbox.Components.DataEvaluator.Captions.Tokenizing;

/// <summary>Cuts captions as the COCO evaluation does: Penn Treebank tokens, lower case, without punctuation.</summary>
internal static partial class PtbTokenizer
{
    // As the evaluation lists them. Its brackets never match, since the tokens are in small letters by then: they stay.
    private static readonly HashSet<string> Dropped = new(
        ["''", "'", "``", "`", ".", "?", "!", ",", ":", "-", "--", "...", ";"], StringComparer.Ordinal);

    /// <summary>The caption's words, parted by single spaces: what every metric is given.</summary>
    public static string Words(string caption) => string.Join(' ', Tokens(caption).Where(t => !Dropped.Contains(t)));

    /// <summary>All tokens in lower case, punctuation too.</summary>
    public static IReadOnlyList<string> Tokens(string caption)
    {
        var text = Normalise(caption);
        var tokens = new List<string>();
        for (var place = 0; place < text.Length;)
        {
            var (rule, length) = Longest(text, place);
            if (rule is null)
            {
                place++;
                continue;
            }

            var token = text.Substring(place, length);
            token = rule.Write?.Invoke(token) ?? token;
            if (token.Length > 0)
            {
                tokens.Add(token.ToLowerInvariant());
            }

            place += length;
        }

        return tokens;
    }

    private static (PtbRule? Rule, int Length) Longest(string text, int place)
    {
        var (rule, length, reach) = (default(PtbRule), 0, 0);
        foreach (var candidate in PtbRules.All)
        {
            var (itsLength, itsReach) = candidate.At(text, place);
            if (itsReach > reach)
            {
                (rule, length, reach) = (candidate, itsLength, itsReach);
            }
        }

        return (rule, length);
    }

    [GeneratedRegex("[\uFE00-\uFE0F\u200B-\u200D\uFEFF]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Invisible();

    // Curly quotes are straight ones for every rule; what only tells how to draw a sign is no part of it.
    private static string Normalise(string caption) => new StringBuilder(Invisible().Replace(caption, string.Empty))
        .Replace('\n', ' ').Replace('\r', ' ')
        .Replace('’', '\'').Replace('‘', '`').Replace("“", "``").Replace("”", "''")
        .ToString();
}
