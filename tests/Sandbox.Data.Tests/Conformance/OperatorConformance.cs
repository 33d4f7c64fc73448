using System.Text.Json.Nodes;
using Sandbox.Data.Operators;
using Sandbox.Data.Tests.Execution;
using Sandbox.Testing;

namespace Sandbox.Data.Tests.Conformance;

/// <summary>The cases of upstream's own tests, for the operators that exist.</summary>
public sealed class OperatorConformance
{
    // Cases of models that cannot be had here, and of tables that only upstream's downloads hold.
    private static readonly string[] Unavailable =
    [
        "flagged_words_filter/test_en_case", // upstream's flagged_words.json
        "perplexity_filter/test_en_case_context", // upstream's en.sp.model and en.arpa.bin
        "remove_words_with_incorrect_substrings_mapper/test_zh_case", // upstream's zh.sp.model
        "stopwords_filter/test_en_case", // upstream's stopwords.json
        "text_chunk_mapper/test_tiktoken_tokenizer_text_chunk", // the tokenizer of gpt-4o
        "token_num_filter/test_token_num", // the tokenizer of Pythia
        "word_repetition_filter/test_zh_case", // upstream's zh.sp.model
    ];

    [ReferenceFact("conformance/operators")]
    public async Task Operators_do_what_upstream_tests_ask()
    {
        var differences = new List<string>();
        var ran = 0;
        foreach (var file in Directory.EnumerateFiles(Reference.Find("conformance/operators")!, "*.json").Order(StringComparer.Ordinal))
        {
            foreach (var test in ((JsonArray)JsonNode.Parse(await File.ReadAllTextAsync(file))!).OfType<JsonObject>().Where(CanRun))
            {
                ran++;
                differences.AddRange(await CompareAsync(test));
            }
        }

        ran.ShouldBeGreaterThanOrEqualTo(85);
        differences.ShouldBeEmpty(string.Join('\n', differences));
    }

    private static bool CanRun(JsonObject test) =>
        !Unavailable.Contains((string)test["id"]!)
        && test["expected_error"] is null;

    private static async Task<IReadOnlyList<string>> CompareAsync(JsonObject test)
    {
        using var files = new TestFiles();
        var id = (string)test["id"]!;
        var input = (JsonArray)test["input"]!;
        files.Write("in.jsonl", string.Join('\n', input.Select(row => row!.ToJsonString())));
        var recipe = new JsonObject
        {
            ["dataset_path"] = "in.jsonl",
            ["export_path"] = "out.jsonl",
            ["keep_stats_in_res_ds"] = true,
            ["process"] = new JsonArray(new JsonObject { [(string)test["op"]!] = test["params"]!.DeepClone() }),
        };
        if (!((JsonObject)input[0]!).ContainsKey("text") && test["compare"]!.ToString() != "meta_tables")
        {
            recipe["text_keys"] = ((JsonObject)input[0]!).First(p => p.Value is JsonValue v && v.TryGetValue(out string? _)).Key;
        }

        try
        {
            if (((string)test["compare"]!).StartsWith("stats", StringComparison.Ordinal))
            {
                recipe["export_original_dataset"] = true;
                await Run.AnalyzeAsync(files, recipe.ToJsonString());
            }
            else
            {
                await Run.ProcessAsync(files, recipe.ToJsonString());
            }
        }
        catch (Exception e)
        {
            return [$"{id}: {e.Message}"];
        }

        var rows = files.Lines("out.jsonl").Select(line => (JsonObject)JsonNode.Parse(line)!).ToList();
        return [.. Differences(test, rows).Concat(BatchMeta(test, files)).Select(d => $"{id}: {d}").Take(2)];
    }

    private static IEnumerable<string> Differences(JsonObject test, List<JsonObject> rows)
    {
        var expected = test["expected"] as JsonArray;
        switch ((string)test["compare"]!)
        {
            case "count":
                return rows.Count == (int)test["expected_count"]! ? [] : [$"{rows.Count} rows"];
            case "texts":
                return Compare(new JsonArray([.. expected!.Select(r => r!["text"]?.DeepClone())]), new JsonArray([.. rows.Select(r => r["text"]?.DeepClone())]));
            case "group_texts":
                return Compare(new JsonArray([.. expected!.Select(r => r!["text"]!.DeepClone())]), new JsonArray([.. rows.Select(r => r["text"]?.DeepClone())]));
            case "meta_tables" or "meta_tables_nonempty":
                return Compare((JsonArray)(expected ?? test["expected_observed"])!, new JsonArray([.. rows.Select(OnlyMeta)]));
            case "samples_unordered":
                return Compare(Sorted(expected!.Select(r => (JsonObject)r!)), Sorted(rows.Select(Bare)));
            case "samples":
                return Compare(expected!, new JsonArray([.. rows.Select(r => Bare(r).DeepClone())]));
            default:
                return Compare(expected!, new JsonArray([.. rows.Select(r => r.DeepClone())]));
        }
    }

    private static IEnumerable<string> BatchMeta(JsonObject test, TestFiles files) => test["expected_batch_meta_lines"] is JsonArray expected
        ? Compare(expected, new JsonArray([.. files.Lines((string)test["params"]!["batch_meta_export_path"]!).Select(l => JsonNode.Parse(l))]))
        : [];

    private static JsonNode OnlyMeta(JsonObject row) => new JsonObject { ["__dj__meta__"] = row["__dj__meta__"]?.DeepClone() };

    private static JsonArray Sorted(IEnumerable<JsonObject> rows) =>
        new([.. rows.OrderBy(r => (string?)r["text"], StringComparer.Ordinal).Select(r => r.DeepClone())]);

    private static JsonObject Bare(JsonObject row)
    {
        var copy = (JsonObject)row.DeepClone();
        copy.Remove("__dj__stats__");
        return copy;
    }

    private static IEnumerable<string> Compare(JsonArray expected, JsonArray actual) =>
        JsonCompare.Difference(expected, actual, "rows") is { } difference ? [difference] : [];
}
