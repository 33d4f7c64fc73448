using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Optimization.Sweeps;

/// <summary>Reads <c>metric</c>, or the several <c>metrics</c> of a search with more than one aim.</summary>
internal sealed class MetricReader(ICollection<Fault> faults)
{
    private static readonly string[] Goals = ["minimize", "maximize"];
    private static readonly string[] Imputes = ["latest", "best", "worst"];

    public IReadOnlyList<SweepMetric> Read(SweepSection root, string? method)
    {
        var (one, several) = (root.Find("metric"), root.Find("metrics"));
        if (one is not null && several is not null)
        {
            root.Fault(several.KeyLocation, "\"metric\" and \"metrics\" exclude each other: use metric for one aim, metrics for several.");
        }

        if (several is not null)
        {
            return Several(root, several);
        }

        if (one is not null)
        {
            return One(one.Value, one.KeyLocation) is { } metric ? [metric] : [];
        }

        var user = method is "bayes" or "tpe" ? $"method {method}"
            : root.Has("early_terminate") ? "early_terminate" : root.Has("successive_halving") ? "successive_halving" : null;
        if (user is not null)
        {
            root.Fault(root.Location, $"\"metric\" is missing, and {user} needs it: add metric: {{name: …, goal: minimize}}.");
        }

        return [];
    }

    private List<SweepMetric> Several(SweepSection root, ConfigEntry entry)
    {
        if (entry.Value is not ConfigSequence { Items.Count: > 1 } list)
        {
            root.Fault(entry.Value.Location, "\"metrics\" must be a list of at least two metrics; use \"metric\" for one.");
            return [];
        }

        foreach (var key in new[] { "early_terminate", "successive_halving" })
        {
            if (root.Find(key) is { } user)
            {
                root.Fault(user.KeyLocation, $"\"{key}\" needs one metric to compare trials by, and there are {list.Items.Count}.");
            }
        }

        return [.. list.Items.Select(i => One(i, i.Location)).OfType<SweepMetric>()];
    }

    private SweepMetric? One(ConfigNode node, SourceLocation at)
    {
        if (node is not ConfigMapping mapping)
        {
            faults.Add(new Fault(node.Location, $"sweep: \"metric\" must be a mapping of name and goal, not {node.Noun}."));
            return null;
        }

        var metric = new SweepSection("metric", mapping, faults);
        metric.Allow("name", "goal", "target", "impute", "impute_while_running");
        var name = metric.Text("name");
        if (name is null && metric.Find("name")?.Value is null or ConfigScalar { IsNull: true })
        {
            metric.Fault(at, "\"name\" is missing: name the metric as it is logged.");
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
}
