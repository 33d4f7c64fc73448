using System.Text.Json;
using Sandbox.Core.Faults;

namespace Sandbox.Data.Assets;

/// <summary>Lists of words by language, as <c>stopwords.json</c> holds them: every JSON file of a folder whose name has the
/// kind in it is read, and lists of the same language are joined.</summary>
internal sealed class WordTables
{
    private readonly Dictionary<string, HashSet<string>> _words = new(StringComparer.Ordinal);

    /// <summary>Languages that have a list.</summary>
    public IEnumerable<string> Languages => _words.Keys.Order(StringComparer.Ordinal);

    /// <summary>The words of a language, or null.</summary>
    public IReadOnlySet<string>? Find(string language) => _words.GetValueOrDefault(language);

    /// <summary>Reads the tables of a folder; without a file there are no languages.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="kind"><c>stopwords</c> or <c>flagged_words</c>.</param>
    /// <exception cref="JobFailedException">A file cannot be read or is no table.</exception>
    public static WordTables Read(string folder, string kind)
    {
        var tables = new WordTables();
        if (Directory.Exists(folder))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.json").Where(p => Path.GetFileName(p).Contains(kind, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                tables.Add(path);
            }
        }

        tables.AddAll();
        return tables;
    }

    /// <summary>The tables of a kind: those of the folder; where none is named and the folder of assets has none, those that
    /// ship with this program.</summary>
    public static WordTables Find(string? folder, string kind)
    {
        var tables = Read(folder ?? CacheFolders.Assets, kind);
        return folder is null && tables._words.Count == 0 ? Shipped(kind) : tables;
    }

    /// <summary>The tables that ship with this program.</summary>
    internal static WordTables Shipped(string kind)
    {
        var tables = new WordTables();
        using var stream = typeof(WordTables).Assembly.GetManifestResourceStream($"Sandbox.Data.Words.{kind}.json")!;
        tables.Add(stream);
        tables.AddAll();
        return tables;
    }

    // Upstream joins all languages under this name where the files do not.
    private void AddAll()
    {
        if (_words.Count > 0 && !_words.ContainsKey("all"))
        {
            _words["all"] = _words.Values.SelectMany(w => w).ToHashSet(StringComparer.Ordinal);
        }
    }

    private void Add(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            Add(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            throw new JobFailedException($"{path}: this is no table of words, which is a JSON object with a list of words for each language: {e.Message}", e);
        }
    }

    private void Add(Stream stream)
    {
        foreach (var (language, words) in JsonSerializer.Deserialize<Dictionary<string, string[]>>(stream) ?? [])
        {
            if (!_words.TryGetValue(language, out var known))
            {
                _words[language] = known = new HashSet<string>(StringComparer.Ordinal);
            }

            known.UnionWith(words);
        }
    }
}
