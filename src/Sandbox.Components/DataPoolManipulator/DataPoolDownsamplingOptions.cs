using Sandbox.Components.DataPools;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.DataPoolManipulator;

/// <summary>Options of <c>data_pool_downsampling</c>.</summary>
internal sealed class DataPoolDownsamplingOptions : BadRowOptions
{
    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data pools: a path or a list.")]
    public IReadOnlyList<string> DatasetPath { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the sampled pools.")]
    public string ExportPath { get; set; } = string.Empty;

    [Option("target_num_samples", Min = 0, Description = "Rows to keep of each pool; without it as many as the smallest pool has.")]
    public int? TargetNumSamples { get; set; }

    [Option("shuffle_seed", Min = 0, Description = "Seed of the random choice; 42 without it.")]
    public long? ShuffleSeed { get; set; }

    // Upstream's documentation and its shipped config say seed, its program reads shuffle_seed.
    [Option("seed", Min = 0, Description = "Another name of shuffle_seed, which wins.")]
    public long? Seed { get; set; }

    /// <summary>The seed that counts.</summary>
    public long ChosenSeed => ShuffleSeed ?? Seed ?? 42;
}
