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

    /// <summary>Tree-structured Parzen estimators.</summary>
    Tpe,
}

/// <summary>A sweep in the format of W&amp;B, with the two keys that Data-Juicer adds (<c>sweep_name</c>,
/// <c>sweep_max_count</c>).</summary>
public sealed record SweepConfig
{
    /// <summary><c>name</c> or <c>sweep_name</c>.</summary>
    public string? Name { get; init; }

    /// <summary><c>method</c>.</summary>
    public required SweepMethod Method { get; init; }

    /// <summary>What is made better: <c>metric</c>, or the several of <c>metrics</c>; none where the method needs none.</summary>
    public IReadOnlyList<SweepMetric> Metrics { get; init; } = [];

    /// <summary><c>metric</c>, or the first of <c>metrics</c>; null where there is none.</summary>
    public SweepMetric? Metric => Metrics.Count > 0 ? Metrics[0] : null;

    /// <summary><c>parameters</c> in file order.</summary>
    public required IReadOnlyList<SweepParameter> Parameters { get; init; }

    /// <summary>Most trials: the smaller of <c>run_cap</c> and <c>sweep_max_count</c>; null for no limit.</summary>
    public int? MaxTrials { get; init; }

    /// <summary><c>early_terminate</c>, or null.</summary>
    public HyperbandConfig? EarlyTerminate { get; init; }

    /// <summary><c>successive_halving</c>, or null.</summary>
    public HalvingConfig? Halving { get; init; }

    /// <summary><c>warm_start</c>: earlier sweeps, or files of trials, that the search learns from.</summary>
    public IReadOnlyList<string> WarmStart { get; init; } = [];

    /// <summary><c>workers</c>: most trials at a time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary><c>seed</c>: the same seed gives the same trials; null where the file names none.</summary>
    public long? Seed { get; init; }

    /// <summary><c>cache</c>: null takes jobs whose result follows from configuration and inputs from earlier trials; true all
    /// jobs, those of outside programs and services too; false none.</summary>
    public bool? Cache { get; init; }

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
public sealed record SweepParameter(string Name, SweepDistribution? Distribution, IReadOnlyList<SweepParameter> Nested)
{
    /// <summary><c>when</c>: values of other parameters under which this one means something.</summary>
    public IReadOnlyList<SweepCondition> Conditions { get; init; } = [];

    /// <summary>All parameters that have a distribution, with the keys that lead to them and all conditions on the way.</summary>
    internal static IEnumerable<SweepLeaf> Leaves(IReadOnlyList<SweepParameter> parameters) => Leaves(parameters, [], []);

    private static IEnumerable<SweepLeaf> Leaves(
        IReadOnlyList<SweepParameter> parameters, IReadOnlyList<string> path, IReadOnlyList<SweepCondition> conditions) =>
        parameters.SelectMany(p =>
        {
            IReadOnlyList<string> here = [.. path, p.Name];
            IReadOnlyList<SweepCondition> all = [.. conditions, .. p.Conditions];
            return p.Distribution is { } distribution ? [new SweepLeaf(here, distribution, all)] : Leaves(p.Nested, here, all);
        });
}

/// <summary>A parameter with its path.</summary>
internal sealed record SweepLeaf(IReadOnlyList<string> Path, SweepDistribution Distribution, IReadOnlyList<SweepCondition> Conditions);

/// <summary>Another parameter's values under which a parameter means something.</summary>
/// <param name="Parameter">Path of the other parameter, with dots.</param>
/// <param name="Values">The values that count.</param>
/// <param name="Location">Where the condition stands.</param>
public sealed record SweepCondition(string Parameter, IReadOnlyList<JsonNode?> Values, SourceLocation Location);

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

/// <summary>Successive halving: trials start on a small budget (rows, steps), and the best share of each rung goes on with a
/// larger one.</summary>
/// <param name="Parameter">The parameter that receives the budget.</param>
/// <param name="Min">Budget of the first rung.</param>
/// <param name="Max">Budget of the last rung.</param>
/// <param name="Eta">Ratio of two budgets, and of the trials of a rung to those that go on.</param>
public sealed record HalvingConfig(string Parameter, long Min, long Max, double Eta);
