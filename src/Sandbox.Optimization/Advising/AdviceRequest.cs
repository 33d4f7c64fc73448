using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Advising;

/// <summary>One line of an advice session, read strictly.</summary>
internal sealed class AdviceRequest
{
    private static readonly string[] Kinds = ["ask", "report", "tell"];

    private static readonly Dictionary<string, TrialState> Ends = new(StringComparer.Ordinal)
    {
        ["finished"] = TrialState.Finished, ["stopped"] = TrialState.Stopped, ["failed"] = TrialState.Failed,
        ["crashed"] = TrialState.Crashed, ["killed"] = TrialState.Killed,
    };

    private readonly JsonObject _line;

    public AdviceRequest(string line)
    {
        _line = Parse(line);
        var kinds = Kinds.Where(_line.ContainsKey).ToList();
        Kind = kinds.Count == 1 ? kinds[0] : throw new StudyException("a line has one of \"ask\", \"report\" and \"tell\".");
    }

    /// <summary>How answers are written: text as it is, not as \u escapes.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the line wants.</summary>
    public string Kind { get; }

    /// <summary>Refuses keys that are not known.</summary>
    public void Allow(params string[] keys)
    {
        foreach (var key in _line.Select(p => p.Key).Where(k => !keys.Contains(k, StringComparer.Ordinal)))
        {
            throw new StudyException($"\"{Kind}\" has no key \"{key}\": it has {string.Join(", ", keys)}.{Suggestion.For(key, keys)}");
        }
    }

    public long Whole(string key, long least, long most) =>
        _line[key] is JsonValue value && value.TryGetValue<long>(out var number) && number >= least && number <= most
            ? number
            : throw new StudyException(string.Create(
                CultureInfo.InvariantCulture, $"\"{key}\" must be a whole number from {least}{(most < int.MaxValue ? $" to {most}" : string.Empty)}."));

    /// <summary>A number; null and the texts NaN, Infinity, -Infinity are none that counts.</summary>
    public double Number(string key) => _line.ContainsKey(key) ? Number(key, _line[key]) : throw new StudyException($"\"{key}\" is missing.");

    /// <summary>How the trial ended; "finished" where it does not say.</summary>
    public TrialState State()
    {
        if (!_line.TryGetPropertyValue("state", out var node))
        {
            return TrialState.Finished;
        }

        return node is JsonValue value && value.TryGetValue<string>(out var text) && Ends.TryGetValue(text, out var state)
            ? state
            : throw new StudyException($"\"state\" must be one of {string.Join(", ", Ends.Keys)}, not {node?.ToJsonString() ?? "null"}.");
    }

    /// <summary>A value for each metric: "value" for one, "values" by name for several.</summary>
    public IReadOnlyList<double> Values(IReadOnlyList<SweepMetric> metrics)
    {
        if (metrics.Count <= 1)
        {
            return _line.ContainsKey("values") ? throw new StudyException("the sweep has one metric: give \"value\".")
                : _line.ContainsKey("value") ? [Number("value")] : [double.NaN];
        }

        if (_line.ContainsKey("value") || (_line.ContainsKey("values") && _line["values"] is not JsonObject))
        {
            throw new StudyException($"the sweep has several metrics: give \"values\": {{{string.Join(", ", metrics.Select(m => $"\"{m.Name}\": …"))}}}.");
        }

        var values = _line["values"]?.AsObject() ?? [];
        var names = metrics.Select(m => m.Name).ToList();
        return values.FirstOrDefault(v => !names.Contains(v.Key, StringComparer.Ordinal)).Key is { } unknown
            ? throw new StudyException($"there is no metric \"{unknown}\".{Suggestion.For(unknown, names)}")
            : [.. names.Select(n => values.ContainsKey(n) ? Number(n, values[n]) : double.NaN)];
    }

    private static double Number(string key, JsonNode? node) => node switch
    {
        null => double.NaN,
        JsonValue value when value.TryGetValue<double>(out var number) => number,
        JsonValue value when value.TryGetValue<string>(out var text) && (text is "NaN" or "Infinity" or "-Infinity") => double.NaN,
        _ => throw new StudyException($"\"{key}\" must be a number, not {node.ToJsonString()}."),
    };

    private static JsonObject Parse(string line)
    {
        try
        {
            // A key that stands twice is found out only when the keys are looked at.
            return JsonNode.Parse(line) is JsonObject parsed && !parsed.ContainsKey(string.Empty) ? parsed : throw new StudyException("the line is no JSON object.");
        }
        catch (ArgumentException e)
        {
            throw new StudyException($"the line is no JSON object: {e.Message}");
        }
    }
}
