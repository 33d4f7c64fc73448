using Sandbox.Core.Configuration;
using Sandbox.Optimization.Sweeps;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Sweeps;

/// <summary>What the trials of a sweep share.</summary>
/// <param name="Run">The sweep's own run.</param>
/// <param name="Config">The sweep.</param>
/// <param name="Files">The sandbox YAML and all its files, as they were when the sweep was started.</param>
internal sealed record SweepScope(RunRow Run, SweepConfig Config, IReadOnlyList<ReferencedFile> Files);
