using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Recipes;

/// <summary>One data set that a recipe reads.</summary>
/// <param name="Path">A file, a directory or a glob, as written.</param>
/// <param name="Weight">Its share where rows are sampled; else of no meaning, as in Data-Juicer.</param>
/// <param name="Type"><c>local</c>; any other only the real Data-Juicer reads.</param>
public sealed record RecipeSource(string Path, double Weight, string Type = RecipeSource.Local)
{
    /// <summary>A file or directory of this machine.</summary>
    public const string Local = "local";
}

/// <summary>What a recipe reads: one data set after the other.</summary>
/// <param name="Items">The data sets in order.</param>
/// <param name="MaxSampleNum">How many rows are sampled from all of them together by their weights; null takes all rows
/// whatever the weights.</param>
public sealed record RecipeSources(IReadOnlyList<RecipeSource> Items, long? MaxSampleNum)
{
    /// <summary>The paths as written.</summary>
    public IReadOnlyList<string> Paths => [.. Items.Select(i => i.Path)];

    /// <summary>Rows to sample from each data set by the weights; null where all are taken. Data-Juicer's rule: shares are
    /// rounded up, the last ones get what is left.</summary>
    public IReadOnlyList<long>? Samples()
    {
        if (MaxSampleNum is not { } most)
        {
            return null;
        }

        var total = Items.Sum(i => i.Weight);
        var taken = 0L;
        return [.. Items.Select(item =>
        {
            var samples = Math.Min((long)Math.Ceiling(most * (item.Weight / total)), most - taken);
            taken += samples;
            return samples;
        })];
    }

    /// <summary><c>dataset_path</c> wins over <c>dataset</c>, as in Data-Juicer.</summary>
    internal static RecipeSources Of(RecipeSettings settings, ICollection<OptionFault> faults)
    {
        if (settings.DatasetPath.Count > 0 || settings.Dataset is null or JsonObject { Count: 0 } or JsonArray { Count: 0 })
        {
            return new RecipeSources([.. settings.DatasetPath.SelectMany(Mixture)], null);
        }

        return OfBlock(settings.Dataset, faults);
    }

    private static RecipeSources OfBlock(JsonNode dataset, ICollection<OptionFault> faults)
    {
        if (dataset is not JsonObject block || block["configs"] is not JsonArray { Count: > 0 } configs)
        {
            faults.Add(new OptionFault("dataset", "must be a mapping with a list of data sets under \"configs\", as in {configs: [{type: local, path: data.jsonl}]}."));
            return new RecipeSources([], null);
        }

        foreach (var key in block.Select(p => p.Key).Where(k => k is not ("configs" or "max_sample_num")))
        {
            faults.Add(new OptionFault("dataset", $"unknown option \"{key}\".{Suggestion.For(key, ["configs", "max_sample_num"])}"));
        }

        var most = Positive(block["max_sample_num"]);
        if (block["max_sample_num"] is { } given && most is null)
        {
            faults.Add(new OptionFault("dataset", $"max_sample_num must be a number of rows from 1, not {given.ToJsonString()}."));
        }

        return new RecipeSources([.. configs.Select((c, i) => Source(c, i, faults)).OfType<RecipeSource>()], most);
    }

    private static RecipeSource? Source(JsonNode? config, int index, ICollection<OptionFault> faults)
    {
        var key = FormattableString.Invariant($"dataset.configs[{index}]");
        if (config is not JsonObject map || map["path"] is not JsonValue value || !value.TryGetValue(out string? path) || path.Length == 0)
        {
            faults.Add(new OptionFault(key, "must be a mapping with the \"path\" of a file or directory."));
            return null;
        }

        if (map["weight"] is { } weight && Number(weight) is not >= 0)
        {
            faults.Add(new OptionFault(key, $"weight must be a number from 0, not {weight.ToJsonString()}."));
        }

        return new RecipeSource(path, Number(map["weight"]) ?? 1, map["type"]?.ToString() ?? RecipeSource.Local);
    }

    // "2 a.jsonl 1 b.jsonl": weights before paths, quotation marks around paths with blanks. A path without a weight is
    // one path, blanks and all.
    private static IEnumerable<RecipeSource> Mixture(string text)
    {
        var words = Words(text);
        if (words.Count < 2 || !words.Exists(w => TryNumber(w, out _)))
        {
            return [new RecipeSource(text, 1)];
        }

        var (sources, weight) = (new List<RecipeSource>(), 1.0);
        foreach (var word in words)
        {
            if (TryNumber(word, out var number))
            {
                weight = Math.Max(number, 0);
                continue;
            }

            sources.Add(new RecipeSource(word, weight));
            weight = 1;
        }

        return sources;
    }

    private static List<string> Words(string text)
    {
        var (words, word, quote, isOpen) = (new List<string>(), new StringBuilder(), '\0', false);
        foreach (var c in text)
        {
            if (quote != '\0' ? c == quote : c is '"' or '\'')
            {
                (quote, isOpen) = (quote == '\0' ? c : '\0', true);
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                Close();
            }
            else
            {
                word.Append(c);
                isOpen = true;
            }
        }

        Close();
        return words;

        void Close()
        {
            if (isOpen)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            isOpen = false;
        }
    }

    private static bool TryNumber(string word, out double number) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static double? Number(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number ? double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture) : null;

    private static long? Positive(JsonNode? node) =>
        Number(node) is { } number && number >= 1 && number == Math.Floor(number) ? (long)number : null;
}
