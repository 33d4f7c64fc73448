namespace Sandbox.Components.DataEvaluator.Captions.Meteor;

/// <summary>A word of the candidate and the word of the reference that it matches.</summary>
/// <param name="Candidate">Place in the candidate.</param>
/// <param name="Reference">Place in the reference.</param>
/// <param name="Module">Which module found it: 0 exact, 1 stem, 2 synonym.</param>
internal sealed record WordMatch(int Candidate, int Reference, int Module);

/// <summary>Finds which words match: as many as can be, then in as few runs, then with as little shifting. A beam search
/// over the candidate's words, as METEOR does it.</summary>
internal sealed class MeteorAligner(IReadOnlyList<Func<string, string, bool>> modules)
{
    private const int Beam = 40;

    public IReadOnlyList<WordMatch> Align(IReadOnlyList<string> candidate, IReadOnlyList<string> reference)
    {
        List<Path> paths = [new Path(null, new WordMatch(-2, -2, 0), 0, 0, 0, -2)];
        for (var i = 0; i < candidate.Count; i++)
        {
            var matches = Matches(candidate[i], reference, i).ToList();
            if (matches.Count == 0)
            {
                paths = [.. paths.Select(p => p with { Last = -2 })];
                continue;
            }

            paths = [.. paths.SelectMany(p => p.Go(matches)).Order(Path.Better).Take(Beam)];
        }

        return paths.Order(Path.Better).First().Matches();
    }

    private IEnumerable<WordMatch> Matches(string word, IReadOnlyList<string> reference, int place)
    {
        for (var j = 0; j < reference.Count; j++)
        {
            for (var module = 0; module < modules.Count; module++)
            {
                if (modules[module](word, reference[j]))
                {
                    yield return new WordMatch(place, j, module);
                    break;
                }
            }
        }
    }

    // Last: where the word before was matched, −2 if it was not.
    private sealed record Path(Path? Before, WordMatch Match, int Count, int Chunks, int Distance, int Last)
    {
        public static IComparer<Path> Better { get; } = Comparer<Path>.Create((a, b) =>
            (b.Count, a.Chunks, a.Distance).CompareTo((a.Count, b.Chunks, b.Distance)));

        public IEnumerable<Path> Go(IEnumerable<WordMatch> matches)
        {
            yield return this with { Last = -2 };
            foreach (var match in matches.Where(m => !Uses(m.Reference)))
            {
                yield return new Path(
                    this,
                    match,
                    Count + 1,
                    Chunks + (match.Reference == Last + 1 ? 0 : 1),
                    Distance + Math.Abs(match.Candidate - match.Reference),
                    match.Reference);
            }
        }

        public IReadOnlyList<WordMatch> Matches()
        {
            var matches = new List<WordMatch>();
            for (var path = this; path?.Before is not null; path = path.Before)
            {
                matches.Insert(0, path.Match);
            }

            return matches;
        }

        private bool Uses(int reference)
        {
            for (var path = this; path?.Before is not null; path = path.Before)
            {
                if (path.Match.Reference == reference)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
