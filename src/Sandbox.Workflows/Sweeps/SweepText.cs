using System.Text;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Reads a sweep from the text of an activity.</summary>
internal static class SweepText
{
    /// <summary>The sweep, or null with its faults.</summary>
    public static SweepConfig? Parse(string yaml, ICollection<Fault> faults) =>
        ConfigParser.Parse(Encoding.UTF8.GetBytes(yaml), "hpo_config", faults) is { } node ? SweepConfig.Parse(node, faults) : null;
}
