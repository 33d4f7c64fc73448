using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sandbox.Data.Tokenizers.BytePair;

/// <summary>A text that is one token wherever it stands.</summary>
internal sealed record AddedToken(int Id, string Text, bool IsNormalised, bool TakesBlanksBefore, bool TakesBlanksAfter, bool IsWord)
{
    public static AddedToken Read(JsonNode? node)
    {
        var token = TokenizerFile.Object(node, "an added token");
        bool Flag(string name) => (bool?)token[name] ?? false;
        return new AddedToken((int)token["id"]!, (string)token["content"]!, Flag("normalized"), Flag("lstrip"), Flag("rstrip"), Flag("single_word"));
    }
}

/// <summary>Finds added tokens: at a place the longest one counts.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<string, AddedToken> _byText = new(StringComparer.Ordinal);
    private readonly Regex? _raw;
    private readonly Regex? _normalised;

    public AddedTokens(IReadOnlyList<AddedToken> tokens)
    {
        foreach (var token in tokens.Where(t => t.Text.Length > 0))
        {
            _byText[token.Text] = token;
        }

        _raw = Pattern(_byText.Values.Where(t => !t.IsNormalised));
        _normalised = Pattern(_byText.Values.Where(t => t.IsNormalised));
    }

    /// <summary>All of them.</summary>
    public IEnumerable<AddedToken> All => _byText.Values;

    /// <summary>Cuts a text into added tokens and what stands between them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="normalised">Whether it is normalised, so that the tokens of normalised text are looked for.</param>
    public IEnumerable<(string Text, AddedToken? Token)> Split(string text, bool normalised)
    {
        var at = 0;
        foreach (Match match in (normalised ? _normalised : _raw)?.Matches(text) ?? Enumerable.Empty<Match>())
        {
            var token = _byText[match.Groups["token"].Value];
            if (match.Index > at)
            {
                yield return (text[at..match.Index], null);
            }

            yield return (token.Text, token);
            at = match.Index + match.Length;
        }

        if (at < text.Length)
        {
            yield return (text[at..], null);
        }
    }

    private static Regex? Pattern(IEnumerable<AddedToken> tokens)
    {
        var alternatives = tokens.OrderByDescending(t => t.Text.Length).Select(t =>
            (t.TakesBlanksBefore ? "\\s*" : string.Empty)
            + (t.IsWord ? "(?<!\\w)" : string.Empty) + "(?<token>" + Regex.Escape(t.Text) + ")" + (t.IsWord ? "(?!\\w)" : string.Empty)
            + (t.TakesBlanksAfter ? "\\s*" : string.Empty)).ToList();
        return alternatives.Count == 0 ? null : new Regex(string.Join('|', alternatives), RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TextSplitter.Limit);
    }
}
