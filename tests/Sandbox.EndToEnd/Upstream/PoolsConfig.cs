namespace Sandbox.EndToEnd.Upstream;

/// <summary>Upstream's config of data pools for the operators at hand.</summary>
internal static class PoolsConfig
{
    /// <summary>Leaves out the operator that needs a language model, and the pool made of its figures.</summary>
    public static IEnumerable<string> WithoutLanguage(IEnumerable<string> lines) => lines.Where(line =>
        !line.Contains("language_id_score_filter", StringComparison.Ordinal)
        && !line.Contains("min_score: 0", StringComparison.Ordinal)
        && !line.Contains("lang_score_2.jsonl", StringComparison.Ordinal));
}
