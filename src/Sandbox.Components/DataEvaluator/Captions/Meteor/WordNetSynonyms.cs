using System.Globalization;

namespace Sandbox.Components.DataEvaluator.Captions.Meteor;

/// <summary>Says which words share a group of synonyms in WordNet's files (<c>index.*</c>, <c>*.exc</c>, version 3.0).</summary>
/// <remarks>As METEOR reads them: a word stands for itself and its base forms, parts of speech are not told apart, and the
/// numbers of groups are byte offsets, so that a few hundred numbers mean two things.</remarks>
internal sealed class WordNetSynonyms
{
    private static readonly string[] Parts = ["noun", "verb", "adj", "adv"];

    // Endings that a base form has lost, and what stood there.
    private static readonly (string Ending, string Base)[] Endings =
    [
        ("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y"),
        ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("er", ""), ("est", ""), ("er", "e"), ("est", "e"),
    ];

    private readonly Dictionary<string, HashSet<int>> _groups = new(StringComparer.Ordinal);

    private WordNetSynonyms()
    {
    }

    /// <summary>Reads what is needed for some words; null where the directory has no WordNet.</summary>
    public static WordNetSynonyms? Load(string directory, IReadOnlyCollection<string> words, CancellationToken cancellationToken)
    {
        if (!Array.TrueForAll(Parts, p => File.Exists(Path.Combine(directory, "index." + p))))
        {
            return null;
        }

        var irregular = ReadIrregular(directory);
        var forms = words.ToDictionary(w => w, w => BaseForms(w, irregular), StringComparer.Ordinal);
        var index = ReadIndex(directory, forms.Values.SelectMany(f => f).ToHashSet(StringComparer.Ordinal), cancellationToken);
        var synonyms = new WordNetSynonyms();
        foreach (var (word, its) in forms)
        {
            synonyms._groups[word] = [.. its.SelectMany(f => index.GetValueOrDefault(f, []))];
        }

        return synonyms;
    }

    /// <summary>Whether two words share a group.</summary>
    public bool Share(string a, string b) =>
        _groups.TryGetValue(a, out var first) && _groups.TryGetValue(b, out var second) && first.Overlaps(second);

    private static List<string> BaseForms(string word, ILookup<string, string> irregular)
    {
        List<string> forms = [word, .. irregular[word]];
        forms.AddRange(Endings
            .Where(e => word.Length > e.Ending.Length && word.EndsWith(e.Ending, StringComparison.Ordinal))
            .Select(e => word[..^e.Ending.Length] + e.Base));
        return forms;
    }

    private static ILookup<string, string> ReadIrregular(string directory) => Parts
        .Select(p => Path.Combine(directory, p + ".exc")).Where(File.Exists)
        .SelectMany(File.ReadLines)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(f => f.Skip(1).Select(b => (Word: f[0], Base: b)))
        .ToLookup(f => f.Word, f => f.Base, StringComparer.Ordinal);

    // A line: lemma, part of speech, number of groups, pointers, …, and at its end the numbers of the groups.
    private static Dictionary<string, List<int>> ReadIndex(
        string directory, HashSet<string> wanted, CancellationToken cancellationToken)
    {
        var index = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var line in Parts.SelectMany(p => File.ReadLines(Path.Combine(directory, "index." + p))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space <= 0 || !wanted.Contains(line[..space]))
            {
                continue;
            }

            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var groups = int.Parse(fields[2], CultureInfo.InvariantCulture);
            if (!index.TryGetValue(fields[0], out var numbers))
            {
                index[fields[0]] = numbers = [];
            }

            numbers.AddRange(fields[^groups..].Select(f => int.Parse(f, CultureInfo.InvariantCulture)));
        }

        return index;
    }
}
