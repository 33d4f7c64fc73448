namespace Sandbox.Components.DataEvaluator.Captions.Meteor;

/// <summary>METEOR with the stages exact, stem and, where WordNet is at hand, synonym. Its paraphrase table is not to be had
/// outside its own package, so that stage never runs.</summary>
internal sealed class MeteorScorer
{
    private readonly MeteorAligner _aligner;

    /// <summary>A scorer of the stages given.</summary>
    /// <param name="synonyms">WordNet, or null to leave the stage out.</param>
    /// <param name="withStems">Whether the stage <c>stem</c> runs.</param>
    public MeteorScorer(WordNetSynonyms? synonyms, bool withStems = true)
    {
        var stems = new Dictionary<string, string>(StringComparer.Ordinal);
        string Stem(string word) => stems.TryGetValue(word, out var stem) ? stem : stems[word] = EnglishStemmer.Stem(word);
        List<(string Name, Func<string, string, bool> Matches)> stages = [("exact", string.Equals)];
        if (withStems)
        {
            stages.Add(("stem", (a, b) => Stem(a) == Stem(b)));
        }

        if (synonyms is not null)
        {
            stages.Add(("synonym", synonyms.Share));
        }

        Stages = [.. stages.Select(s => s.Name)];
        _aligner = new MeteorAligner([.. stages.Select(s => s.Matches)]);
    }

    /// <summary>The stages that run.</summary>
    public IReadOnlyList<string> Stages { get; }

    /// <summary>The statistics of the reference that scores best; the first one on a tie.</summary>
    public MeteorStatistics Best(string candidate, IReadOnlyList<string> references) =>
        references.Select(r => Compare(MeteorWords.Of(candidate), MeteorWords.Of(r))).MaxBy(s => s.Score)!;

    /// <summary>Counts one pair of sentences, in METEOR's words.</summary>
    public MeteorStatistics Compare(IReadOnlyList<string> candidate, IReadOnlyList<string> reference)
    {
        var matches = _aligner.Align(candidate, reference);
        var content = new (double Candidate, double Reference)[4];
        var function = new (double Candidate, double Reference)[4];
        var (chunks, before) = (0, new WordMatch(-2, -2, 0));
        foreach (var match in matches)
        {
            (FunctionWords.Contains(candidate[match.Candidate]) ? function : content)[match.Module].Candidate++;
            (FunctionWords.Contains(reference[match.Reference]) ? function : content)[match.Module].Reference++;
            chunks += match.Candidate == before.Candidate + 1 && match.Reference == before.Reference + 1 ? 0 : 1;
            before = match;
        }

        return new MeteorStatistics(
            (candidate.Count, reference.Count),
            (candidate.Count(FunctionWords.Contains), reference.Count(FunctionWords.Contains)),
            content,
            function,
            chunks,
            (matches.Count, matches.Count));
    }
}
