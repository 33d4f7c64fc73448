using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Optimization.Sweeps;

/// <summary>How a sweep chooses the parameters of its next trial.</summary>
public enum SweepMethod
{
    /// <summary>Every combination, once.</summary>
    Grid,

    /// <summary>Draws from the distributions.</summary>
    Random,

    /// <summary>Bayesian search by expected improvement.</summary>
    Bayes,
}

/// <summary>A sweep in the format of W&amp;B, with the two keys that Data-Juicer adds (<c>sweep_name</c>,
/// <c>sweep_max_count</c>).</summary>
public sealed record SweepConfig
{
    /// <summary><c>name</c> or <c>sweep_name</c>.</summary>
    public string? Name { get; init; }

    /// <summary><c>method</c>.</summary>
    public required SweepMethod Method { get; init; }

    /// <summary><c>metric</c>; null where the method needs none.</summary>
    public SweepMetric? Metric { get; init; }

    /// <summary><c>parameters</c> in file order.</summary>
    public required IReadOnlyList<SweepParameter> Parameters { get; init; }

    /// <summary>Most trials: the smaller of <c>run_cap</c> and <c>sweep_max_count</c>; null for no limit.</summary>
    public int? MaxTrials { get; init; }

    /// <summary><c>early_terminate</c>, or null.</summary>
    public HyperbandConfig? EarlyTerminate { get; init; }

    /// <summary>Reads and checks a sweep.</summary>
    /// <param name="node">The sweep as parsed.</param>
    /// <param name="faults">Receives all that is wrong, with its place.</param>
    /// <returns>The sweep, or null where there is a fault.</returns>
    public static SweepConfig? Parse(ConfigNode node, ICollection<Fault> faults)
    {
        var found = new List<Fault>();
        var sweep = new SweepReader(found).Read(node);
        foreach (var fault in found)
        {
            faults.Add(fault);
        }

        return found.Count == 0 ? sweep : null;
    }
}

/// <summary>What a sweep makes better.</summary>
/// <param name="Name">Name of the metric.</param>
/// <param name="IsMaximized">Whether more is better.</param>
/// <param name="Target">The value at which the sweep may stop, or null.</param>
public sealed record SweepMetric(string Name, bool IsMaximized, double? Target)
{
    /// <summary>What stands in for the metric of a failed trial: <c>latest</c>, <c>best</c> or <c>worst</c>.</summary>
    public string? Impute { get; init; }

    /// <summary>What stands in for the metric of a running trial; <c>false</c> for nothing.</summary>
    public string? ImputeWhileRunning { get; init; }
}

/// <summary>A parameter: a distribution, or a group of nested parameters.</summary>
/// <param name="Name">The key; may hold dots.</param>
/// <param name="Distribution">What it is drawn from; null for a group.</param>
/// <param name="Nested">The parameters of a group.</param>
public sealed record SweepParameter(string Name, SweepDistribution? Distribution, IReadOnlyList<SweepParameter> Nested);

/// <summary>What a parameter is drawn from. Unused members keep their defaults.</summary>
/// <param name="Kind">The name in the file, as in <c>q_log_uniform_values</c>; inferred where the file gives none.</param>
public sealed record SweepDistribution(string Kind)
{
    /// <summary>The only value of <c>constant</c>.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>The values of <c>categorical</c>.</summary>
    public IReadOnlyList<JsonNode?> Values { get; init; } = [];

    /// <summary>The probabilities of <c>categorical_w_probabilities</c>, in the order of the values.</summary>
    public IReadOnlyList<double> Probabilities { get; init; } = [];

    /// <summary>Lower limit.</summary>
    public double Min { get; init; }

    /// <summary>Upper limit.</summary>
    public double Max { get; init; }

    /// <summary>Step of the <c>q_</c> kinds.</summary>
    public double Q { get; init; } = 1;

    /// <summary>Whether the step is written as a whole number, so that the values are whole, too.</summary>
    public bool IsWholeStep { get; init; }

    /// <summary>Mean of the normal kinds.</summary>
    public double Mu { get; init; }

    /// <summary>Standard deviation of the normal kinds.</summary>
    public double Sigma { get; init; } = 1;

    /// <summary>First shape of the beta kinds.</summary>
    public double A { get; init; } = 1;

    /// <summary>Second shape of the beta kinds.</summary>
    public double B { get; init; } = 1;
}

/// <summary>Hyperband: bands of iterations at which poor trials are stopped, from <c>min_iter</c> upwards or from
/// <c>max_iter</c> downwards; <c>max_iter</c> wins where both are given.</summary>
/// <param name="MinIter">First band.</param>
/// <param name="MaxIter">Iterations of a whole trial.</param>
/// <param name="S">Number of bands below <paramref name="MaxIter"/>.</param>
/// <param name="Eta">Ratio of two bands, and of trials to those that go on.</param>
/// <param name="IsStrict">Whether a trial is judged by its value at the band and not by its best.</param>
public sealed record HyperbandConfig(int? MinIter, int? MaxIter, int? S, double Eta, bool IsStrict);
