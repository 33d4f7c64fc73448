using System.Text.RegularExpressions;
using Sandbox.Data.Text;

namespace Sandbox.Data.Sentences;

/// <summary>
/// Splits text into sentences by the rules of Punkt (Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary
/// Detection", 2006) as NLTK applies them. A full stop, question mark or exclamation mark that a blank or closing mark
/// follows may end a sentence; it does not behind an abbreviation, initial or ordinal, unless the next word begins one.
/// </summary>
internal sealed partial class SentenceSplitter(PunktParameters parameters)
{
    /// <summary>The sentences of a text, without the blanks between them.</summary>
    public IEnumerable<string> Split(string text)
    {
        var slices = Slices(text).ToList();
        var moved = 0;
        for (var i = 0; i < slices.Count; i++)
        {
            var (start, end) = (Math.Min(slices[i].Start + moved, slices[i].End), slices[i].End);
            moved = 0;
            if (i + 1 < slices.Count && Closing().Match(text[slices[i + 1].Start..slices[i + 1].End]) is { Success: true } closing)
            {
                // Closing marks belong to the sentence before them.
                end = slices[i + 1].Start + closing.Value.AsSpan().TrimEnd().Length;
                moved = closing.Length;
            }

            if (end > start)
            {
                yield return text[start..end];
            }
        }
    }

    private IEnumerable<(int Start, int End)> Slices(string text)
    {
        var start = 0;
        foreach (var (match, context) in Candidates(text))
        {
            if (HasBreak(context))
            {
                yield return (start, match.Index + match.Length);
                start = match.Groups["next"].Success ? match.Groups["next"].Index : match.Index + match.Length;
            }
        }

        var end = text.Length;
        while (end > start && PythonText.IsBlank(text[end - 1]))
        {
            end--;
        }

        yield return (start, end);
    }

    // Marks in the same word are one candidate: the last one.
    private static IEnumerable<(Match Match, string Context)> Candidates(string text)
    {
        Match? previous = null;
        var (previousStart, previousEnd) = (0, 0);
        foreach (Match match in Candidate().Matches(text))
        {
            var before = text.AsSpan(previousEnd, match.Index - previousEnd);
            var blank = before.Length - 1;
            while (blank >= 0 && !PythonText.IsBlank(before[blank]))
            {
                blank--;
            }

            var wordStart = blank > 0 ? previousEnd + blank + 1 : previousStart;
            if (previous is not null && previousEnd <= wordStart)
            {
                yield return (previous, Context(text, previousStart, previous));
            }

            (previous, previousStart, previousEnd) = (match, wordStart, match.Index);
        }

        if (previous is not null)
        {
            yield return (previous, Context(text, previousStart, previous));
        }
    }

    private static string Context(string text, int start, Match match) =>
        string.Concat(text.AsSpan(start, match.Index - start), match.Value, match.Groups["after"].Value);

    private bool HasBreak(string context)
    {
        var tokens = Tokens(context);
        tokens.ForEach(First);
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            Second(tokens[i], tokens[i + 1]);
        }

        return tokens.Take(tokens.Count - 1).Any(t => t.EndsSentence);
    }

    private static List<PunktToken> Tokens(string text)
    {
        var tokens = new List<PunktToken>();
        foreach (var line in text.Split('\n'))
        {
            tokens.AddRange(Word().Matches(line).Select(m => new PunktToken(m.Value)));
        }

        return tokens;
    }

    private void First(PunktToken token)
    {
        if (token.Text is "." or "?" or "!")
        {
            token.EndsSentence = true;
        }
        else if (token.HasStop && !token.IsEllipsis && !token.Text.EndsWith("..", StringComparison.Ordinal))
        {
            var type = PythonText.ToLower(token.Text[..^1]);
            token.IsAbbreviation = parameters.IsAbbreviation(type) || parameters.IsAbbreviation(type[(type.LastIndexOf('-') + 1)..]);
            token.EndsSentence = !token.IsAbbreviation;
        }
    }

    private void Second(PunktToken token, PunktToken next)
    {
        if (!token.HasStop)
        {
            return;
        }

        if (parameters.IsCollocation(token.TypeWithoutStop, next.TypeWithoutEnd))
        {
            token.EndsSentence = false;
            return;
        }

        if ((token.IsAbbreviation || token.IsEllipsis) && !token.IsInitial
            && (Begins(next) == true || (next.IsCapital && parameters.IsStarter(next.TypeWithoutEnd))))
        {
            token.EndsSentence = true;
        }
        else if (token.IsInitial || token.IsNumber)
        {
            var begins = Begins(next);
            var isAlwaysCapital = next.IsCapital && (parameters.OrthographyOf(next.TypeWithoutEnd) & Orthography.Small) == Orthography.None;
            token.EndsSentence &= !(begins == false || (begins is null && token.IsInitial && isAlwaysCapital));
        }
    }

    // Whether a word begins a sentence, as far as its case tells; null where it does not.
    private bool? Begins(PunktToken token)
    {
        if (token.Text is ";" or ":" or "," or "." or "!" or "?")
        {
            return false;
        }

        var seen = parameters.OrthographyOf(token.TypeWithoutEnd);
        if (token.IsCapital && (seen & Orthography.Small) != Orthography.None && (seen & Orthography.CapitalInMiddle) == Orthography.None)
        {
            return true;
        }

        return token.IsSmall && ((seen & Orthography.Capital) != Orthography.None || (seen & Orthography.SmallAtBeginning) == Orthography.None) ? false : null;
    }

    [GeneratedRegex("[.?!](?=(?<after>[)\";}\\]*:@'({\\[?!]|\\s+(?<next>\\S+)))", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Candidate();

    [GeneratedRegex("\\G[\"')\\]}]+?(?:\\s+|(?=--)|$)", RegexOptions.CultureInvariant | RegexOptions.Multiline, 60_000)]
    private static partial Regex Closing();

    [GeneratedRegex("-{2,}|\\.{2,}|(?:\\.\\s){2,}\\.|(?=[^(\"`{\\[:;&#*@)}\\]\\-,])\\S+?(?=\\s|$|[)\";}\\]*:@'({\\[?!]|-{2,}|\\.{2,}|(?:\\.\\s){2,}\\.|,(?=$|\\s|[)\";}\\]*:@'({\\[?!]|-{2,}|\\.{2,}|(?:\\.\\s){2,}\\.))|\\S", RegexOptions.CultureInvariant, 60_000)]
    private static partial Regex Word();
}
