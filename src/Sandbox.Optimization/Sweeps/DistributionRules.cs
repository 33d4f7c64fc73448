using System.Globalization;
using Sandbox.Core.Configuration.Yaml;

namespace Sandbox.Optimization.Sweeps;

/// <summary>The rules that span several keys of a distribution.</summary>
internal sealed class DistributionRules(SweepSection section)
{
    private const double ProbabilityTolerance = 1e-6;

    public void Check(SweepDistribution distribution, bool hasLimits)
    {
        if (hasLimits)
        {
            CheckLimits(distribution);
        }

        CheckProbabilities(distribution);
    }

    private void CheckLimits(SweepDistribution distribution)
    {
        if (section.Find("min")?.Value is not ConfigScalar { Number: not null } min || section.Find("max")?.Value is not ConfigScalar { Number: not null } max)
        {
            return;
        }

        if (distribution.Kind == "int_uniform" && (!section.IsWhole("min") || !section.IsWhole("max")))
        {
            section.Fault((section.IsWhole("min") ? max : min).Location, "int_uniform takes whole numbers, without a point, as min and max.");
        }

        if (min.Number >= max.Number)
        {
            section.Fault(
                min.Location, string.Create(CultureInfo.InvariantCulture, $"min {distribution.Min} is not less than max {distribution.Max}."));
        }
    }

    private void CheckProbabilities(SweepDistribution distribution)
    {
        var count = distribution.Probabilities.Count;
        if (count == 0)
        {
            return;
        }

        var sum = distribution.Probabilities.Sum();
        var at = section.Find("probabilities")!.Value.Location;
        if (count != distribution.Values.Count)
        {
            section.Fault(at, $"there are {distribution.Values.Count} values and {count} probabilities: give one for each.");
        }
        else if (Math.Abs(sum - 1) > ProbabilityTolerance)
        {
            section.Fault(at, string.Create(CultureInfo.InvariantCulture, $"the probabilities add up to {sum}, not to 1."));
        }
    }
}
