using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Optimization.Sweeps;

/// <summary>Checks the <c>hpo_config</c> of a sandbox config.</summary>
public sealed class SweepCheck : ISweepCheck
{
    /// <inheritdoc />
    public IReadOnlyList<Fault> Check(ConfigNode sweep)
    {
        var faults = new List<Fault>();
        SweepConfig.Parse(sweep, faults);
        return faults;
    }
}
