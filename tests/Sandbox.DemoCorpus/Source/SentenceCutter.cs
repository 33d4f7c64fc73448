namespace Sandbox.DemoCorpus.Source;

/// <summary>Cuts running text into sentences. The source has lost its paragraphs, so documents are built of sentences.
/// A mistaken cut does no harm: it only moves a line break.</summary>
internal static class SentenceCutter
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.Ordinal)
    {
        "Mr.", "Mrs.", "Ms.", "Dr.", "Gen.", "Messrs.", "No.", "Nos.", "St.", "Lieut.", "Capt.", "Col.", "Maj.", "Jr.", "Sr.",
        "Hon.", "Rev.", "Gov.", "Sen.", "Rep.", "Art.", "Sec.", "Stat.", "Jan.", "Feb.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
    };

    /// <summary>The sentences of a text that is given as its words.</summary>
    public static IEnumerable<string> Cut(IReadOnlyList<string> words)
    {
        var start = 0;
        for (var i = 0; i < words.Count; i++)
        {
            if (i == words.Count - 1 || (Ends(words[i]) && Begins(words[i + 1])))
            {
                yield return string.Join(' ', words.Skip(start).Take(i + 1 - start));
                start = i + 1;
            }
        }
    }

    private static bool Ends(string word)
    {
        var bare = word.TrimEnd('"', '\'', ')', ']');
        return bare.Length > 2 && bare[^1] is '.' or '!' or '?' && !Abbreviations.Contains(bare) && bare[^2] != '.'
            && !(bare.Length > 2 && bare[^3] == '.');
    }

    private static bool Begins(string word) => char.IsUpper(word[0]) || word[0] is '"' or '[' or '\'' or '(' or '$' || char.IsDigit(word[0]);
}
