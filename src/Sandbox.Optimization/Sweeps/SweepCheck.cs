using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Optimization.Sweeps;

/// <summary>Checks the <c>hpo_config</c> of a sandbox config.</summary>
public sealed class SweepCheck : ISweepCheck
{
    /// <summary>What to say to someone who wants to run a sweep.</summary>
    public const string NotAvailable = "sweeps are not available in this version; remove hpo_config.";

    /// <inheritdoc />
    public IReadOnlyList<Fault> Check(ConfigNode sweep)
    {
        var faults = new List<Fault>();
        SweepConfig.Parse(sweep, faults);
        return faults;
    }
}
