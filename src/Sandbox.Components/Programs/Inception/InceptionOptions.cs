using Sandbox.Components.Environments;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Programs.Inception;

/// <summary>Options of <c>video_inception_evaluator</c>.</summary>
internal sealed class InceptionOptions : EnvironmentOptions
{
    [Option("metric", Description = "What to compute.", OneOf = ["fvd2048_16f", "fvd2048_128f", "fvd2048_128f_subsample8f", "kvd2048_16f", "isv2048_ucf", "prv2048_3n_16f", "fid50k", "kid50k", "is50k", "pr50k_3n"])]
    public string Metric { get; set; } = "fvd2048_16f";

    [Option("fake_data_path", Path = PathAccess.Read, Description = "The generated data set: a JSONL file with paths under videos.")]
    public string? FakeDataPath { get; set; }

    [Option("real_data_path", Path = PathAccess.Read, Description = "The real data set; not needed for the inception score.")]
    public string? RealDataPath { get; set; }

    [Option("fake_features_path", Path = PathAccess.Read, Description = "Features of the generated data, or for the inception score its logits (.npy): then the metric is computed here and no detector runs.")]
    public string? FakeFeaturesPath { get; set; }

    [Option("real_features_path", Path = PathAccess.Read, Description = "Features of the real data (.npy).")]
    public string? RealFeaturesPath { get; set; }

    [Option("fake_mm_dir", Description = "What paths of the generated data set are relative to.")]
    public string? FakeMmDir { get; set; }

    [Option("real_mm_dir", Description = "What paths of the real data set are relative to.")]
    public string? RealMmDir { get; set; }

    [Option("detector_path", Description = "The detector; fetched where it is not given.")]
    public string? DetectorPath { get; set; }

    [Option("result_path", Path = PathAccess.Write, Description = "A JSONL file that gets a line of results.")]
    public string? ResultPath { get; set; }

    [Option("num_runs", Min = 1, Max = 1000, Description = "How many runs of the metric are averaged.")]
    public int NumRuns { get; set; } = 1;

    [Option("height", Min = 1, Description = "Frames are resized to this height.")]
    public int Height { get; set; } = 240;

    [Option("width", Min = 1, Description = "Frames are resized to this width.")]
    public int Width { get; set; } = 320;

    [Option("replace_cache", Description = "Whether kept figures of the data sets are made anew.")]
    public bool ReplaceCache { get; set; }

    [Option("verbose", Description = "Whether the program tells how far it is.")]
    public bool Verbose { get; set; }

    [Option("seed", Description = "Seed of the run.")]
    public int Seed { get; set; } = 42;

    [Option("data_juicer_home", Description = "Where Data-Juicer's code is (its directory tools).")]
    public string DataJuicerHome { get; set; } = ".";

    public bool HasFeatures => !string.IsNullOrEmpty(FakeFeaturesPath);

    public bool NeedsReal => !Metric.StartsWith("is", StringComparison.Ordinal);

    public override void Validate(Action<string, string> fault)
    {
        base.Validate(fault);
        var (fake, real) = HasFeatures ? ("fake_features_path", "real_features_path") : ("fake_data_path", "real_data_path");
        if ((HasFeatures ? FakeFeaturesPath : FakeDataPath) is null)
        {
            fault(fake, $"option \"{fake}\" is required.");
        }

        if (NeedsReal && (HasFeatures ? RealFeaturesPath : RealDataPath) is null)
        {
            fault(real, $"option \"{real}\" is required for {Metric}.");
        }
    }
}
