using System.Text.RegularExpressions;

namespace Sandbox.Components.DataEvaluator.Captions.Meteor;

/// <summary>METEOR's own words: it cuts a tokenised text once more (its option <c>-norm</c>).</summary>
internal static partial class MeteorWords
{
    // An apostrophe that stays with the letters behind it, until the others are parted.
    private const char Kept = '\u0001';

    // Inside a line their full stop stays.
    private static readonly HashSet<string> Abbreviations = new(
        [
            "mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "vs.", "gen.", "col.", "lt.", "sgt.", "capt.", "gov.", "sen.", "rep.",
            "rev.", "hon.", "jr.", "sr.", "mt.", "maj.", "adm.",
        ],
        StringComparer.Ordinal);

    public static string[] Of(string text)
    {
        text = text.Replace("``", "\"", StringComparison.Ordinal).Replace("''", "\"", StringComparison.Ordinal).Replace('`', '\'');
        text = Dashes().Replace(text, "-");
        text = InnerHyphen().Replace(text, " ");
        text = Alone().Replace(text, " $0 ");
        text = Ideograph().Replace(text, " $0 ");
        text = InnerApostrophe().Replace(text, $" {Kept}");
        text = text.Replace("'", " ' ", StringComparison.Ordinal).Replace(Kept, '\'');
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return [.. words.SelectMany((word, i) => FullStop(word, isLast: i == words.Length - 1))];
    }

    private static IEnumerable<string> FullStop(string word, bool isLast)
    {
        if (Acronym().IsMatch(word))
        {
            return [word.Replace(".", string.Empty, StringComparison.Ordinal)];
        }

        var ends = word.Length > 1 && word[^1] == '.' && word[^2] != '.';
        return ends && (isLast || !Abbreviations.Contains(word)) ? [word[..^1], "."] : [word];
    }

    [GeneratedRegex("-{2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dashes();

    [GeneratedRegex(@"(?<=[\p{L}\p{N}])-(?=[\p{L}\p{N}])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InnerHyphen();

    [GeneratedRegex(@"[/:&@#_+=<>!?""()\[\]{}]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Alone();

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ideograph();

    [GeneratedRegex(@"(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InnerApostrophe();

    [GeneratedRegex(@"^\p{L}(?:\.\p{L})+\.?$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Acronym();
}
