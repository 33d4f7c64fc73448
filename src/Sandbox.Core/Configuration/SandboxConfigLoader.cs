using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration;

/// <summary>What loading gave.</summary>
/// <param name="Config">The config; null where a fault stops it.</param>
/// <param name="Faults">All faults and warnings, in all files, ordered by file and position.</param>
public sealed record SandboxConfigResult(SandboxConfig? Config, IReadOnlyList<Fault> Faults);

/// <summary>Reads and checks a sandbox YAML with all files that it refers to.</summary>
/// <param name="files">Where files are found.</param>
/// <param name="knowledge">What jobs there are.</param>
/// <param name="sweeps">Checks <c>hpo_config</c>; null leaves it unchecked.</param>
public sealed class SandboxConfigLoader(IConfigFiles files, IJobKnowledge knowledge, ISweepCheck? sweeps = null)
{
    /// <summary>Loads a config.</summary>
    /// <param name="path">Path of the YAML, or of a JSON file of the same shape.</param>
    /// <param name="overrides">Arguments in upstream's dotted form, as they came: <c>--max_iter_num 3</c>,
    /// <c>--iter_targets=[…]</c>, <c>--execution_job_configs.0.extra_configs.order 2</c>,
    /// <c>--pipeline.meta_name.dj_configs.np 4</c>; values are YAML.</param>
    public SandboxConfigResult Load(string path, IReadOnlyList<string>? overrides = null) =>
        new Loading.ConfigLoad(files, knowledge, sweeps).Run(path, overrides ?? []);
}
