using System.Text.Json.Nodes;
using Sandbox.Core.Recipes;

namespace Sandbox.Workflows.Promotion;

/// <summary>
/// A recipe in the form that Data-Juicer takes on Ray. Ray runs mappers and filters as they are; duplicates are found by
/// operators of its own, and operators that look at the whole data set at once (selectors, groupers, aggregators) do not run
/// there at all. Names and arguments are those of Data-Juicer 1.4.3.
/// </summary>
internal static class RayRecipe
{
    private static readonly Dictionary<string, (string Name, string[] Keeps)> Deduplicators = new(StringComparer.Ordinal)
    {
        ["document_deduplicator"] = ("ray_document_deduplicator", ["lowercase", "ignore_non_character"]),
        ["document_minhash_deduplicator"] = (
            "ray_bts_minhash_deduplicator",
            ["tokenization", "window_size", "lowercase", "ignore_pattern", "num_permutations", "jaccard_threshold", "num_bands", "num_rows_per_band", "tokenizer_model"]),
        ["image_deduplicator"] = ("ray_image_deduplicator", ["method"]),
        ["video_deduplicator"] = ("ray_video_deduplicator", []),
    };

    private static readonly string[] Common = ["text_key", "image_key", "audio_key", "video_key", "num_proc", "cpu_required", "mem_required", "work_dir"];

    // The embedded engine's own keys, and those of parts that Ray's executor does not have.
    private static readonly string[] Without =
    [
        "sample_by", "max_bad_rows", "breakdown_by", "np", "work_dir", "use_cache", "ds_cache_dir", "cache_compress", "use_checkpoint",
        "open_tracer", "op_list_to_trace", "trace_num", "open_monitor", "export_in_parallel",
    ];

    /// <summary>Why a recipe cannot run on Ray, an item an operator; empty where it can.</summary>
    public static IReadOnlyList<string> Obstacles(Recipe recipe) =>
        [.. recipe.Process.Where(o => !RunsOnRay(o.Name)).Select(o => $"{o.Name} has no form on Ray").Distinct(StringComparer.Ordinal)];

    /// <summary>The recipe for Ray, and what to know about it.</summary>
    public static (JsonObject Recipe, IReadOnlyList<string> Notes) Of(Recipe recipe, string address)
    {
        var notes = new List<string>();
        var result = new JsonObject();
        foreach (var (key, value) in recipe.Source.Where(p => !Without.Contains(p.Key, StringComparer.Ordinal)))
        {
            result[key] = value?.DeepClone();
        }

        result["executor_type"] = "ray";
        result["ray_address"] = address;
        result["process"] = new JsonArray([.. recipe.Process.Select(o => Operator(o, notes))]);
        return (result, notes);
    }

    private static bool RunsOnRay(string name) =>
        Deduplicators.ContainsKey(name) || name.StartsWith("ray_", StringComparison.Ordinal)
        || name.EndsWith("_mapper", StringComparison.Ordinal) || name.EndsWith("_filter", StringComparison.Ordinal);

    private static JsonNode Operator(OperatorConfig config, List<string> notes)
    {
        if (!Deduplicators.TryGetValue(config.Name, out var ray))
        {
            return new JsonObject { [config.Name] = config.Arguments.Count > 0 ? config.Arguments.DeepClone() : null };
        }

        var lost = config.Arguments.Select(a => a.Key).Where(k => !ray.Keeps.Contains(k, StringComparer.Ordinal) && !Common.Contains(k, StringComparer.Ordinal)).ToList();
        notes.Add($"{config.Name} is {ray.Name} on Ray: which of several equal rows stays may differ{(lost.Count > 0 ? $"; it has no {string.Join(", ", lost)}" : string.Empty)}.");
        var arguments = new JsonObject(config.Arguments.Where(a => !lost.Contains(a.Key, StringComparer.Ordinal)).Select(a => KeyValuePair.Create(a.Key, a.Value?.DeepClone())));
        return new JsonObject { [ray.Name] = arguments.Count > 0 ? arguments : null };
    }
}
