using Sandbox.Components.Environments;
using Sandbox.Core.Components.Options;
using Sandbox.Environments.Python;

namespace Sandbox.Components.Programs.VBench;

/// <summary>Options of <c>vbench_video_evaluator</c>.</summary>
internal sealed class VBenchOptions : EnvironmentOptions
{
    [Option("full_json_dir", Required = true, Description = "The file of prompts and dimensions.")]
    public string FullJsonDir { get; set; } = string.Empty;

    [Option("videos_path", Required = true, Path = PathAccess.Read, Description = "The directory of the videos.")]
    public string VideosPath { get; set; } = string.Empty;

    [Option("output_path", Required = true, Path = PathAccess.Write, Description = "The directory for the results.")]
    public string OutputPath { get; set; } = string.Empty;

    [Option("eval_name", Description = "Name of the evaluation: the result is NAME_merged_results.json.")]
    public string EvalName { get; set; } = "vbench_evaluator";

    [Option("dimension_list", Required = true, Description = "The dimensions to evaluate.")]
    public List<string> DimensionList { get; set; } = [];

    [Option("num_gpus", Min = 1, Max = 4096, Description = "GPUs to use; all without it.")]
    public int? NumGpus { get; set; }

    [Option("load_ckpt_from_local", Description = "Whether VBench's models are taken from its cache.")]
    public bool LoadCkptFromLocal { get; set; }

    [Option("install", Description = "Whether VBench and detectron2 are installed into the environment, once.")]
    public bool Install { get; set; } = true;

    protected override IReadOnlyList<Requirements> Needs(Func<string, string> path) => !Install ? [] :
    [
        Sandbox.Environments.Python.Requirements.OfList(
            ["vbench", "detectron2@git+https://github.com/facebookresearch/detectron2.git@b7c7f4ba82192ff06f2bbb162b9f67b00ea55867"]),
    ];
}
