using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Optimization.Sweeps;

/// <summary>Reads the distribution of one parameter; where the file names none, it follows from the keys given.</summary>
internal sealed class DistributionReader(SweepSection section)
{
    // Kind → the keys that it needs and those that it may have.
    private static readonly Dictionary<string, (string[] Needed, string[] Optional)> Kinds = new(StringComparer.Ordinal)
    {
        ["constant"] = (["value"], []),
        ["categorical"] = (["values"], []),
        ["categorical_w_probabilities"] = (["values", "probabilities"], []),
        ["int_uniform"] = (["min", "max"], []),
        ["uniform"] = (["min", "max"], []),
        ["q_uniform"] = (["min", "max"], ["q"]),
        ["log_uniform_values"] = (["min", "max"], []),
        ["q_log_uniform_values"] = (["min", "max"], ["q"]),
        ["inv_log_uniform_values"] = (["min", "max"], []),
        ["normal"] = ([], ["mu", "sigma"]),
        ["q_normal"] = ([], ["mu", "sigma", "q"]),
        ["log_normal"] = ([], ["mu", "sigma"]),
        ["q_log_normal"] = ([], ["mu", "sigma", "q"]),
        ["beta"] = ([], ["a", "b"]),
        ["q_beta"] = ([], ["a", "b", "q"]),
    };

    private static readonly string[] Deprecated = ["log_uniform", "q_log_uniform", "inv_log_uniform"];

    public SweepDistribution? Read(SourceLocation at)
    {
        var kind = section.Has("distribution") ? Named() : Inferred(at);
        if (kind is null)
        {
            return null;
        }

        var (needed, optional) = Kinds[kind];
        foreach (var key in needed.Where(k => !section.Has(k)))
        {
            section.Fault(at, $"distribution {kind} needs \"{key}\".");
        }

        section.Allow(["distribution", "when", .. needed, .. optional]);
        var result = Values(kind);
        new DistributionRules(section).Check(result, hasLimits: needed.Contains("max", StringComparer.Ordinal));
        return result;
    }

    private string? Named()
    {
        var entry = section.Find("distribution")!;
        if (entry.Value is ConfigScalar { Text: var old } && Deprecated.Contains(old, StringComparer.Ordinal))
        {
            section.Fault(entry.Value.Location, $"{old} takes exponents of e as min and max: use {old}_values, which takes the limits themselves.");
            return null;
        }

        return section.OneOf("distribution", Kinds.Keys);
    }

    private string? Inferred(SourceLocation at)
    {
        if (section.Has("value"))
        {
            return "constant";
        }

        if (section.Has("values"))
        {
            return section.Has("probabilities") ? "categorical_w_probabilities" : "categorical";
        }

        if (section.Has("min") && section.Has("max"))
        {
            return section.IsWhole("min") && section.IsWhole("max") ? "int_uniform" : "uniform";
        }

        section.Fault(at, "it is not clear what to draw: give \"value\", \"values\", \"min\" and \"max\", or a \"distribution\" with its keys.");
        return null;
    }

    private SweepDistribution Values(string kind)
    {
        var (needed, optional) = Kinds[kind];
        double? Get(string key, double above = double.NegativeInfinity) =>
            needed.Contains(key, StringComparer.Ordinal) || optional.Contains(key, StringComparer.Ordinal) ? section.Number(key, above) : null;

        var positive = kind.Contains("log_uniform", StringComparison.Ordinal) ? 0 : double.NegativeInfinity;
        return new SweepDistribution(kind)
        {
            Value = kind == "constant" ? section.Find("value")?.Value.ToJson() : null,
            Values = kind.StartsWith("categorical", StringComparison.Ordinal) ? [.. List("values").Select(n => n.ToJson())] : [],
            Probabilities = kind == "categorical_w_probabilities" ? Probabilities() : [],
            Min = Get("min", positive) ?? 0,
            Max = Get("max", positive) ?? 0,
            Q = Get("q", 0) ?? 1,
            IsWholeStep = section.IsWhole("q"),
            Mu = Get("mu") ?? 0,
            Sigma = Get("sigma", 0) ?? 1,
            A = Get("a", 0) ?? 1,
            B = Get("b", 0) ?? 1,
        };
    }

    private IReadOnlyList<ConfigNode> List(string key)
    {
        switch (section.Find(key)?.Value)
        {
            case ConfigSequence { Items.Count: > 0 } list:
                return list.Items;
            case null:
                return [];
            case { } other:
                var what = other is ConfigSequence ? "an empty one" : other.Noun;
                section.Fault(other.Location, $"\"{key}\" must be a list with at least one item, not {what}.");
                return [];
        }
    }

    private List<double> Probabilities()
    {
        var result = new List<double>();
        foreach (var node in List("probabilities"))
        {
            if (node is ConfigScalar { Number: { } probability and >= 0 and <= 1 })
            {
                result.Add(probability);
            }
            else
            {
                section.Fault(node.Location, $"a probability lies between 0 and 1; this is {node.Noun}.");
            }
        }

        return result;
    }
}
