using System.Globalization;
using Sandbox.Data.Assets;

namespace Sandbox.Data.Sentences;

/// <summary>How a word was seen in the training of a Punkt model; the numbers are those of NLTK's files.</summary>
[Flags]
internal enum Orthography
{
    None = 0,
    CapitalAtBeginning = 2,
    CapitalInMiddle = 4,
    CapitalElsewhere = 8,
    SmallAtBeginning = 16,
    SmallInMiddle = 32,
    SmallElsewhere = 64,
    Capital = CapitalAtBeginning | CapitalInMiddle | CapitalElsewhere,
    Small = SmallAtBeginning | SmallInMiddle | SmallElsewhere,
}

/// <summary>What is known of a language: trained parameters in NLTK's form <c>punkt_tab</c>, else our own short lists.</summary>
internal sealed class PunktParameters
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["en"] = "english", ["fr"] = "french", ["pt"] = "portuguese", ["es"] = "spanish",
    };

    private readonly HashSet<string> _abbreviations = new(StringComparer.Ordinal);
    private readonly HashSet<string> _starters = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _collocations = [];
    private readonly Dictionary<string, Orthography> _orthography = new(StringComparer.Ordinal);

    private PunktParameters()
    {
    }

    /// <summary>Languages that can be asked for.</summary>
    public static IEnumerable<string> Languages => Names.Keys;

    /// <summary>Reads the parameters of a language.</summary>
    public static PunktParameters Load(string language)
    {
        var parameters = new PunktParameters();
        if (Folders(Names[language]).FirstOrDefault(Directory.Exists) is { } folder)
        {
            parameters.ReadFolder(folder);
        }
        else
        {
            parameters.ReadOwn(language);
        }

        return parameters;
    }

    public bool IsAbbreviation(string type) => _abbreviations.Contains(type);

    public bool IsStarter(string type) => _starters.Contains(type);

    public bool IsCollocation(string first, string second) => _collocations.Contains((first, second));

    public Orthography OrthographyOf(string type) => _orthography.GetValueOrDefault(type);

    private static IEnumerable<string> Folders(string name)
    {
        yield return Path.Combine(CacheFolders.Models, "punkt_tab", name);
        foreach (var root in (Environment.GetEnvironmentVariable("NLTK_DATA") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "nltk_data")))
        {
            yield return Path.Combine(root, "tokenizers", "punkt_tab", name);
        }
    }

    private static IEnumerable<string> Lines(string folder, string name) =>
        File.Exists(Path.Combine(folder, name)) ? File.ReadLines(Path.Combine(folder, name)).Where(l => l.Length > 0) : [];

    private void ReadFolder(string folder)
    {
        _abbreviations.UnionWith(Lines(folder, "abbrev_types.txt"));
        _starters.UnionWith(Lines(folder, "sent_starters.txt"));
        foreach (var fields in Lines(folder, "collocations.tab").Select(l => l.Split('\t')).Where(f => f.Length == 2))
        {
            _collocations.Add((fields[0], fields[1]));
        }

        foreach (var fields in Lines(folder, "ortho_context.tab").Select(l => l.Split('\t')).Where(f => f.Length == 2))
        {
            _orthography[fields[0]] = int.TryParse(fields[1], CultureInfo.InvariantCulture, out var flags) ? (Orthography)flags : Orthography.None;
        }
    }

    private void ReadOwn(string language)
    {
        using var stream = typeof(PunktParameters).Assembly.GetManifestResourceStream($"Sandbox.Data.Sentences.{language}.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine()?.Split(' ') is { } words)
        {
            (words[0] == "abbreviations" ? _abbreviations : _starters).UnionWith(words[1..]);
        }
    }
}
