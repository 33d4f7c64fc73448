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
    ];

    private static readonly string[] Methods = ["grid", "random", "bayes"];
    private static readonly string[] Goals = ["minimize", "maximize"];
    private static readonly string[] Imputes = ["latest", "best", "worst"];

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
            root.Fault(root.Location, "\"method\" is missing: it is one of grid, random, bayes.");
        }

        var metric = Metric(root, method);
        return new SweepConfig
        {
            Name = root.Text("name") ?? root.Text("sweep_name"),
            Method = method switch { "grid" => SweepMethod.Grid, "bayes" => SweepMethod.Bayes, _ => SweepMethod.Random },
            Metric = metric,
            Parameters = Parameters(root, method),
            MaxTrials = MaxTrials(root),
            EarlyTerminate = new HyperbandReader(faults).Read(root),
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

        foreach (var key in new[] { "metrics", "scheduler" })
        {
            if (root.Find(key) is { } entry)
            {
                root.Fault(entry.KeyLocation, $"\"{key}\" needs a scheduler of your own, which is not supported: use \"metric\" and grid, random or bayes.");
            }
        }
    }

    private SweepMetric? Metric(SweepSection root, string? method)
    {
        if (root.Find("metric") is not { } entry)
        {
            var user = method == "bayes" ? "method bayes" : root.Has("early_terminate") ? "early_terminate" : null;
            if (user is not null)
            {
                root.Fault(root.Location, $"\"metric\" is missing, and {user} needs it: add metric: {{name: …, goal: minimize}}.");
            }

            return null;
        }

        if (entry.Value is not ConfigMapping mapping)
        {
            root.Fault(entry.Value.Location, $"\"metric\" must be a mapping of name and goal, not {entry.Value.Noun}.");
            return null;
        }

        var metric = new SweepSection("metric", mapping, faults);
        metric.Allow("name", "goal", "target", "impute", "impute_while_running");
        var name = metric.Text("name");
        if (name is null && metric.Find("name")?.Value is null or ConfigScalar { IsNull: true })
        {
            metric.Fault(entry.KeyLocation, "\"name\" is missing: name the metric as it is logged.");
        }

        var goal = metric.OneOf("goal", Goals, (metric.Find("goal")?.Value as ConfigScalar)?.Text == "target"
            ? " For a value to reach, add \"target: NUMBER\" beside the goal."
            : null);
        return new SweepMetric(name ?? string.Empty, goal == "maximize", metric.Number("target"))
        {
            Impute = metric.OneOf("impute", Imputes),
            ImputeWhileRunning = metric.OneOf("impute_while_running", [.. Imputes, "false"]),
        };
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
