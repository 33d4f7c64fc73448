using Sandbox.Components.Environments;
using Sandbox.Core.Components.Options;
using Sandbox.Environments.Python;

namespace Sandbox.Components.Programs.InternVl;

/// <summary>Options that InternVL's training and evaluation share.</summary>
internal abstract class InternVlOptions : EnvironmentOptions
{
    [Option("internvl_home", Required = true, Description = "The directory of InternVL's code.")]
    public string InternVlHome { get; set; } = string.Empty;

    [Option("num_gpus", Min = 1, Max = 4096, Description = "GPUs to use; all without it.")]
    public int? NumGpus { get; set; }

    [Option("install", Description = "Whether InternVL's requirements are installed into the environment, once.")]
    public bool Install { get; set; } = true;

    // As its installation guide says.
    protected override IReadOnlyList<Requirements> Needs(Func<string, string> path) => !Install ? [] :
    [
        Sandbox.Environments.Python.Requirements.OfPath(Path.Combine(path(InternVlHome), "requirements.txt")),
        Sandbox.Environments.Python.Requirements.OfList(["flash-attn==2.3.6 --no-build-isolation", "datasets", "deepspeed==0.15.4"]),
    ];
}

/// <summary>Options of <c>internvl_coco_caption</c> as a trainer.</summary>
internal sealed class InternVlTrainOptions : InternVlOptions
{
    // Training steps are of this many samples, as in the official script.
    internal const int TotalBatch = 512;

    private static readonly Dictionary<string, string> Styles = new(StringComparer.Ordinal)
    {
        ["1B"] = "Hermes-2", ["2B"] = "internlm2-chat", ["4B"] = "phi3-chat", ["8B"] = "internlm2-chat",
        ["26B"] = "internlm2-chat", ["40B"] = "Hermes-2", ["76B"] = "internlm2-chat",
    };

    [Option("batch_size_per_device", Min = 1, Max = TotalBatch, Description = "Samples at a time on each GPU; with num_gpus it must divide 512.")]
    public int BatchSizePerDevice { get; set; } = 4;

    [Option("work_dir", Required = true, Path = PathAccess.Write, Description = "The directory for the results; each meta file gets one of its own there.")]
    public string WorkDir { get; set; } = string.Empty;

    [Option("model_name_or_path", Required = true, Description = "The model to start from.")]
    public string ModelNameOrPath { get; set; } = string.Empty;

    [Option("conv_style_or_scale", Required = true, Description = "The conversation style, or the scale that tells it: 1B, 2B, 4B, 8B, 26B, 40B, 76B.")]
    public string ConvStyleOrScale { get; set; } = string.Empty;

    [Option("meta_paths", Required = true, Path = PathAccess.Read, Description = "The meta files to train on, one training each.")]
    public List<string> MetaPaths { get; set; } = [];

    [Option("script_dir", Required = true, Path = PathAccess.Write, Description = "Where the training scripts are written.")]
    public string ScriptDir { get; set; } = string.Empty;

    public string ConvStyle => Styles.GetValueOrDefault(ConvStyleOrScale, ConvStyleOrScale);

    public override void Validate(Action<string, string> fault)
    {
        base.Validate(fault);
        if (ConvStyleOrScale.Length > 0 && !Styles.ContainsValue(ConvStyle))
        {
            var known = Styles.Keys.Concat(Styles.Values.Distinct()).ToList();
            fault("conv_style_or_scale", $"must be one of {string.Join(", ", known)}, not \"{ConvStyleOrScale}\".{Core.Faults.Suggestion.For(ConvStyleOrScale, known)}");
        }

        if (NumGpus is { } gpus && TotalBatch % (gpus * BatchSizePerDevice) != 0)
        {
            fault("batch_size_per_device", FormattableString.Invariant($"num_gpus × batch_size_per_device ({gpus * BatchSizePerDevice}) must divide {TotalBatch}."));
        }
    }
}

/// <summary>Options of <c>internvl_coco_caption</c> as an evaluator.</summary>
internal sealed class InternVlEvaluateOptions : InternVlOptions
{
    [Option("ckpt_paths", Required = true, Path = PathAccess.Read, Description = "The trained models to evaluate: a path or a list.")]
    public List<string> CkptPaths { get; set; } = [];
}
