using Sandbox.Core.Components.Options;
using Sandbox.Data.Assets;

namespace Sandbox.Data.Operators.Filters.Models;

/// <summary>Options of the filters that look words up in a table.</summary>
public abstract class WordTableOptions : WordFilterOptions
{
    /// <summary>Whether groups of neighbouring words count as words too, which languages without blanks need.</summary>
    [Option("use_words_aug")]
    public bool UseGroups { get; init; }

    /// <summary>Sizes of these groups.</summary>
    [Option("words_aug_group_sizes")]
    public IReadOnlyList<int> GroupSizes { get; init; } = [2];

    /// <summary>What stands between the words of a group.</summary>
    [Option("words_aug_join_char")]
    public string GroupSeparator { get; init; } = string.Empty;

    internal abstract string Kind { get; }

    internal abstract string? Folder { get; }

    /// <inheritdoc />
    public override void Validate(Action<string, string> fault)
    {
        base.Validate(fault);
        if (GroupSizes.Any(s => s < 1))
        {
            fault("words_aug_group_sizes", "a group has at least 1 word.");
        }

        var tables = WordTables.Find(Folder, Kind);
        if (!tables.Languages.Any())
        {
            fault($"{Kind}_dir", $"\"{Folder}\" has no table of words, which is a JSON file with {Kind} in its name that holds a list of words for each language.");
        }
        else if (tables.Find(Language) is null)
        {
            fault("lang", $"the tables have no words of \"{Language}\", only of: {string.Join(", ", tables.Languages)}.");
        }
    }

    internal IReadOnlySet<string> LoadWords() => WordTables.Find(Folder, Kind).Find(Language) ?? new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>Options of <c>stopwords_filter</c>.</summary>
public sealed class StopwordsOptions : WordTableOptions, IRangeOptions
{
    /// <summary>Smallest share of stop words.</summary>
    [Option("min_ratio")]
    public double? MinRatio { get; init; } = 0.3;

    /// <summary>Largest share.</summary>
    [Option("max_ratio")]
    public double? MaxRatio { get; init; } = 1.0;

    /// <summary>The folder of the tables, whose names have <c>stopwords</c> in them; null takes the folder of assets, and where it
    /// has none those that ship with this program.</summary>
    [Option("stopwords_dir", Path = PathAccess.Read)]
    public string? StopwordsFolder { get; init; }

    internal override string Kind => "stopwords";

    internal override string? Folder => StopwordsFolder;

    double? IRangeOptions.Minimum => MinRatio;

    double? IRangeOptions.Maximum => MaxRatio;
}

/// <summary>Options of <c>flagged_words_filter</c>.</summary>
public sealed class FlaggedWordsOptions : WordTableOptions, IRangeOptions
{
    /// <summary>Smallest share of flagged words.</summary>
    [Option("min_ratio")]
    public double? MinRatio { get; init; } = 0;

    /// <summary>Largest share.</summary>
    [Option("max_ratio")]
    public double? MaxRatio { get; init; } = 0.045;

    /// <summary>The folder of the tables, whose names have <c>flagged_words</c> in them; null takes the folder of assets, and where it
    /// has none those that ship with this program.</summary>
    [Option("flagged_words_dir", Path = PathAccess.Read)]
    public string? FlaggedWordsFolder { get; init; }

    internal override string Kind => "flagged_words";

    internal override string? Folder => FlaggedWordsFolder;

    double? IRangeOptions.Minimum => MinRatio;

    double? IRangeOptions.Maximum => MaxRatio;
}
