using System.Globalization;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Optimization.Sweeps;

/// <summary>Reads a whole sweep. The rules are those of W&amp;B's schema, and those that its engine finds out only at the
/// first suggestion or at the first stop.</summary>
internal sealed class SweepReader(ICollection<Fault> faults)
{
    private static readonly string[] Keys =
    [
        "method", "metric", "parameters", "early_terminate", "run_cap", "name", "description", "program", "command",
        "project", "entity", "controller", "apiVersion", "kind", "sweep_name", "sweep_max_count", "metrics", "scheduler",
        "successive_halving", "warm_start", "workers", "seed", "cache",
    ];

    private static readonly string[] Methods = ["grid", "random", "bayes", "tpe"];
    public SweepConfig? Read(ConfigNode node)
    {
        if (node is not ConfigMapping mapping)
        {
            faults.Add(new Fault(node.Location, $"a sweep must be a mapping (method, metric, parameters …), not {node.Noun}."));
            return null;
        }

        var root = new SweepSection("sweep", mapping, faults);
        root.Allow(Keys);
        CheckOthers(root);
        var method = root.OneOf("method", Methods);
        if (!root.Has("method"))
        {
            root.Fault(root.Location, "\"method\" is missing: it is one of grid, random, bayes, tpe.");
        }

        var metrics = new MetricReader(faults).Read(root, method);
        var parameters = Parameters(root, method);
        ConditionRules.Check(parameters, faults);
        return new SweepConfig
        {
            Name = root.Text("name") ?? root.Text("sweep_name"),
            Method = method switch { "grid" => SweepMethod.Grid, "bayes" => SweepMethod.Bayes, "tpe" => SweepMethod.Tpe, _ => SweepMethod.Random },
            Metrics = metrics,
            Parameters = parameters,
            MaxTrials = MaxTrials(root),
            EarlyTerminate = new HyperbandReader(faults).Read(root),
            Halving = new HalvingReader(faults).Read(root, parameters),
            WarmStart = WarmStart(root),
            Workers = root.Whole("workers", 1) ?? 1,
            Seed = root.Whole("seed", 0),
            Cache = root.Flag("cache"),
        };
    }

    // Keys that a sweep of W&B's may have and that mean nothing here, and the two that would mean too much.
    private static void CheckOthers(SweepSection root)
    {
        foreach (var key in new[] { "description", "program", "project", "entity", "apiVersion" })
        {
            root.Text(key);
        }

        root.OneOf("kind", ["sweep"]);
        if (root.Find("command") is { Value: not ConfigSequence } command)
        {
            root.Fault(command.Value.Location, $"\"command\" must be a list, not {command.Value.Noun}.");
        }

        if (root.Find("controller") is { } controller
            && !((controller.Value as ConfigMapping)?.Find("type")?.Value is ConfigScalar { Text: "local" or "cloud" }))
        {
            root.Fault(controller.Value.Location, "\"controller\" must hold \"type: local\" or \"type: cloud\"; it may be left out.");
        }

        if (root.Find("scheduler") is { } entry)
        {
            root.Fault(entry.KeyLocation, "\"scheduler\" names a program of your own, which is not supported: use method grid, random, bayes or tpe.");
        }
    }

    private static IReadOnlyList<string> WarmStart(SweepSection root)
    {
        switch (root.Find("warm_start")?.Value)
        {
            case null:
                return [];
            case ConfigScalar { Text.Length: > 0, IsNull: false } one:
                return [one.Text];
            case ConfigSequence list when list.Items.All(i => i is ConfigScalar { Text.Length: > 0, IsNull: false }):
                return [.. list.Items.Select(i => ((ConfigScalar)i).Text)];
            case { } other:
                root.Fault(other.Location, "\"warm_start\" must be the name of an earlier sweep, a file of its trials, or a list of these.");
                return [];
        }
    }

    private IReadOnlyList<SweepParameter> Parameters(SweepSection root, string? method)
    {
        switch (root.Find("parameters"))
        {
            case null:
                root.Fault(root.Location, "\"parameters\" is missing: say what the sweep may change.");
                return [];
            case { Value: ConfigMapping { Entries.Count: > 0 } mapping }:
                return new ParameterReader(method == "grid", faults).ReadAll(mapping);
            case { } entry:
                root.Fault(entry.KeyLocation, $"\"parameters\" must be a mapping with at least one parameter, not {Nothing(entry.Value)}.");
                return [];
        }
    }

    private static int? MaxTrials(SweepSection root)
    {
        // Data-Juicer's files write None for no limit, which YAML reads as text.
        var unlimited = root.Find("sweep_max_count")?.Value is ConfigScalar { IsNull: true } or ConfigScalar { Text: "None" };
        var count = unlimited ? null : root.Whole("sweep_max_count", 1);
        var cap = root.Whole("run_cap", 1);
        return cap is null || count is null ? cap ?? count : Math.Min(cap.Value, count.Value);
    }

    private static string Nothing(ConfigNode node) => node is ConfigMapping ? "an empty one" : node.Noun;
}
