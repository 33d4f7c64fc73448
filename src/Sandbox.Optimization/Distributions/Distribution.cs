using System.Text.Json.Nodes;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Distributions;

/// <summary>What a parameter is drawn from, as W&amp;B's engine draws: a value is the inverse distribution function of one
/// uniform number.</summary>
internal abstract class Distribution
{
    /// <summary>The value at a probability in [0, 1].</summary>
    public abstract JsonNode? Draw(double probability);

    /// <summary>The distribution function: probability of a value at most this one.</summary>
    public abstract double Cumulative(JsonNode? value);

    /// <summary>The distribution that a sweep's configuration names.</summary>
    public static Distribution Of(SweepDistribution config) => config.Kind switch
    {
        "constant" => new ChoiceDistribution([config.Value], []),
        "categorical" => new ChoiceDistribution(config.Values, []),
        "categorical_w_probabilities" => new ChoiceDistribution(config.Values, config.Probabilities),
        "int_uniform" => new IntegerDistribution(config.Min, config.Max),
        _ => new NumberDistribution(Curve(config), config.Kind.StartsWith("q_", StringComparison.Ordinal) ? new Step(config.Q, config.IsWholeStep) : null),
    };

    private static ICurve Curve(SweepDistribution config) => config.Kind switch
    {
        "uniform" or "q_uniform" => new UniformCurve(config.Min, config.Max),
        "log_uniform_values" or "q_log_uniform_values" or "inv_log_uniform_values" =>
            new LogCurve(new UniformCurve(Math.Log(config.Min), Math.Log(config.Max))),
        "normal" or "q_normal" => new NormalCurve(config.Mu, config.Sigma),
        "log_normal" or "q_log_normal" => new LogCurve(new NormalCurve(config.Mu, config.Sigma)),
        "beta" or "q_beta" => new BetaCurve(config.A, config.B),
        _ => throw new ArgumentOutOfRangeException(nameof(config), config.Kind, "no such distribution"),
    };
}

/// <summary>The grid on which the <c>q_</c> kinds lie.</summary>
/// <param name="Size">Distance of two values.</param>
/// <param name="IsWhole">Whether the values are written as whole numbers.</param>
internal sealed record Step(double Size, bool IsWhole);
