using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration;

/// <summary>Checks the sweep of an <c>hpo_config</c>.</summary>
public interface ISweepCheck
{
    /// <summary>All that is wrong with it.</summary>
    IReadOnlyList<Fault> Check(ConfigNode sweep);
}
