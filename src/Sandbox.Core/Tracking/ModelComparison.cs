using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Core.Tracking;

/// <summary>
/// One candidate beside its baselines over repetitions (seeds) of an experiment: the values of each group, and for each
/// baseline the gain of the candidate, repetition by repetition. The form in which it is watched is JSON with
/// <c>_type: comparison</c>.
/// </summary>
/// <param name="Metric">What was measured.</param>
/// <param name="LowerIsBetter">Whether a smaller value is better, as with perplexity.</param>
/// <param name="Candidate">Name of the candidate's group.</param>
/// <param name="Groups">All groups, the candidate's among them, in order.</param>
public sealed record ModelComparison(
    string Metric, bool LowerIsBetter, string Candidate, IReadOnlyList<ComparedGroup> Groups)
{
    private const string TypeName = "comparison";

    /// <summary>The candidate's gains over each baseline.</summary>
    public IReadOnlyList<ComparedGain> Gains
    {
        get
        {
            var candidate = Groups.First(g => g.Name == Candidate);
            return [.. Groups.Where(g => g.Name != Candidate).Select(g => new ComparedGain(
                g.Name, [.. g.Values.Zip(candidate.Values, (b, c) => LowerIsBetter ? b - c : c - b)], g.StandardDeviation))];
        }
    }

    /// <summary>The watched form.</summary>
    public JsonObject ToJson() => new()
    {
        ["_type"] = TypeName,
        ["metric"] = Metric,
        ["lower_is_better"] = LowerIsBetter,
        ["candidate"] = Candidate,
        ["groups"] = new JsonObject(Groups.Select(g => KeyValuePair.Create(
            g.Name, (JsonNode?)new JsonArray([.. g.Values.Select(v => (JsonNode?)v)])))),
        ["gains"] = new JsonObject(Gains.Select(g => KeyValuePair.Create(g.Baseline, (JsonNode?)new JsonObject
        {
            ["mean"] = g.Mean,
            ["std"] = g.StandardDeviation,
            ["min"] = g.Values.Min(),
            ["above_spread"] = g.IsAboveSpread,
        }))),
    };

    /// <summary>Reads the watched form; null where the value is not one.</summary>
    public static ModelComparison? FromJson(JsonNode? node)
    {
        if (node is not JsonObject json || json["_type"] is not JsonValue type || type.ToString() != TypeName
            || json["groups"] is not JsonObject groups)
        {
            return null;
        }

        return new ModelComparison(
            json["metric"]?.ToString() ?? string.Empty,
            json["lower_is_better"]?.GetValueKind() == JsonValueKind.True,
            json["candidate"]?.ToString() ?? string.Empty,
            [.. groups.Select(g => new ComparedGroup(g.Key, [.. g.Value!.AsArray().Select(v => v!.GetValue<double>())]))]);
    }
}

/// <summary>The values of one group, one a repetition.</summary>
public sealed record ComparedGroup(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Their mean.</summary>
    public double Mean => Values.Average();

    /// <summary>Their standard deviation (n − 1); 0 for a single value.</summary>
    public double StandardDeviation => Spread.Of(Values);
}

/// <summary>The candidate's gains over one baseline, one a repetition; positive is better.</summary>
/// <param name="Baseline">The baseline's name.</param>
/// <param name="Values">The gains.</param>
/// <param name="BaselineStandardDeviation">How far the baseline's own values spread over the repetitions.</param>
public sealed record ComparedGain(string Baseline, IReadOnlyList<double> Values, double BaselineStandardDeviation)
{
    /// <summary>The mean gain.</summary>
    public double Mean => Values.Average();

    /// <summary>Its standard deviation over the repetitions (n − 1).</summary>
    public double StandardDeviation => Spread.Of(Values);

    /// <summary>Whether the gain stands above the spread: every repetition gains, and the mean gain is larger than the
    /// standard deviation of the gains and larger than that of the baseline's values (pairing alone would hide how much
    /// the repetitions differ). Never with a single repetition.</summary>
    public bool IsAboveSpread =>
        Values.Count > 1 && Values.All(v => v > 0) && Mean > Math.Max(StandardDeviation, BaselineStandardDeviation);
}

/// <summary>Sample standard deviation.</summary>
internal static class Spread
{
    public static double Of(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
        {
            return 0;
        }

        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }
}
