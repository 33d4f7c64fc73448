using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;
using Sandbox.Testing;

namespace Sandbox.Optimization.Tests;

/// <summary>What the real programs said.</summary>
internal static class Cases
{
    public static JsonObject Load(string name) =>
        JsonNode.Parse(File.ReadAllText(Reference.Find("upstream-runs/search/" + name)!))!.AsObject();

    public static SweepConfig Sweep(string yaml)
    {
        var faults = new List<Fault>();
        var node = ConfigParser.ParseYaml(yaml, "s.yaml", faults);
        var sweep = node is null ? null : SweepConfig.Parse(node, faults);
        faults.ShouldBeEmpty(yaml);
        return sweep.ShouldNotBeNull();
    }

    public static (SweepConfig? Sweep, List<Fault> Faults) TrySweep(string yaml)
    {
        var faults = new List<Fault>();
        var node = ConfigParser.ParseYaml(yaml, "s.yaml", faults);
        return (node is null ? null : SweepConfig.Parse(node, faults), faults);
    }

    /// <summary>W&amp;B writes a parameter as {value: …}; inside a group plainly.</summary>
    public static JsonObject Parameters(JsonNode run) =>
        new([.. run.AsObject().Select(p => KeyValuePair.Create(p.Key, p.Value!["value"]?.DeepClone()))]);

    /// <summary>Numbers that JSON has no word for stand as text.</summary>
    public static double Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number
        : node is JsonValue text && text.TryGetValue<string>(out var word) && word.EndsWith("Infinity", StringComparison.Ordinal)
            ? word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity : double.NaN;

    public static SweepTrial Trial(int number, JsonNode state, IEnumerable<double> history) => new(number, [])
    {
        State = Enum.Parse<TrialState>(state.GetValue<string>(), ignoreCase: true),
        History = [.. history.Select((v, i) => new TrialReport(i, v))],
    };
}
