using Sandbox.Components.Environments;
using Sandbox.Core.Components.Options;
using Sandbox.Environments.Python;

namespace Sandbox.Components.Programs.EasyAnimate;

/// <summary>Options that EasyAnimate's training and inference share.</summary>
internal abstract class EasyAnimateOptions : EnvironmentOptions
{
    [Option("model_name", Description = "Name for people.")]
    public string? ModelName { get; set; }

    [Option("easyanimate_home", Description = "The directory of EasyAnimate's code; what is a path below train means it.")]
    public string Home { get; set; } = "thirdparty/models/EasyAnimate";

    [Option("install", Description = "Whether EasyAnimate is fetched and installed by its scripts, once.")]
    public bool Install { get; set; } = true;

    protected override IReadOnlyList<Requirements> Needs(Func<string, string> path) => !Install ? [] :
    [
        Sandbox.Environments.Python.Requirements.OfScript(Path.Combine(path(Home), "install.py")),
        Sandbox.Environments.Python.Requirements.OfList(["deepspeed", "func_timeout", "wandb"]),
    ];
}

/// <summary>Options of <c>easyanimate</c> as a trainer.</summary>
internal sealed class EasyAnimateTrainOptions : EasyAnimateOptions
{
    [Option("trainer_name", Description = "Name for people.")]
    public string? TrainerName { get; set; }

    [Option("train", Required = true, Description = "What EasyAnimate's train_lora.sh is given.")]
    public EasyAnimateTraining Train { get; set; } = new();
}

/// <summary>What <c>train_lora.sh</c> is given.</summary>
internal sealed class EasyAnimateTraining
{
    [Option("tracker_config", Description = "Where the training reports.")]
    public EasyAnimateTracker TrackerConfig { get; set; } = new();

    [Option("model_path", Description = "The models.")]
    public EasyAnimateModels ModelPath { get; set; } = new();

    [Option("dataset_path", Description = "The data.")]
    public EasyAnimateDataset DatasetPath { get; set; } = new();

    [Option("training_config", Description = "How to train.")]
    public EasyAnimateSettings TrainingConfig { get; set; } = new();

    [Option("saving_config", Description = "Where the result goes.")]
    public EasyAnimateSaving SavingConfig { get; set; } = new();
}

internal sealed class EasyAnimateTracker
{
    [Option("project_name", Description = "Project in the tracker.")]
    public string ProjectName { get; set; } = "sandbox";

    [Option("experiment_name", Description = "Experiment in the tracker.")]
    public string ExperimentName { get; set; } = "easyanimate";
}

internal sealed class EasyAnimateModels
{
    [Option("pretrained_model_name_or_path", Required = true, Description = "The PixArt model.")]
    public string PretrainedModelNameOrPath { get; set; } = string.Empty;

    [Option("transformer_path", Required = true, Description = "EasyAnimate's checkpoint.")]
    public string TransformerPath { get; set; } = string.Empty;

    [Option("lora_path", Description = "For inference: the trained weights, relative to easyanimate_home.")]
    public string LoraPath { get; set; } = string.Empty;
}

internal sealed class EasyAnimateDataset
{
    [Option("dataset_name", Description = "Root of the videos; empty where the data set has full paths.")]
    public string DatasetName { get; set; } = string.Empty;

    [Option("dataset_meta_name", Required = true, Description = "The data set, relative to easyanimate_home.")]
    public string DatasetMetaName { get; set; } = string.Empty;
}

internal sealed class EasyAnimateSettings
{
    [Option("sample_size", Min = 1, Description = "Size of the images in pixels.")]
    public int SampleSize { get; set; } = 256;

    [Option("mixed_precision", Description = "Precision, as bf16.")]
    public string MixedPrecision { get; set; } = "bf16";

    [Option("batch_size_per_gpu", Min = 1, Description = "Samples at a time on each GPU.")]
    public int BatchSizePerGpu { get; set; } = 8;

    [Option("gradient_accumulation_steps", Min = 1, Description = "Batches a step.")]
    public int GradientAccumulationSteps { get; set; } = 1;

    [Option("num_train_epochs", Min = 1, Description = "Passes over the data.")]
    public int NumTrainEpochs { get; set; } = 1;

    [Option("dataloader_num_workers", Min = 0, Description = "Processes that load data.")]
    public int DataloaderNumWorkers { get; set; } = 8;

    [Option("seed", Description = "Seed of the run.")]
    public long Seed { get; set; } = 42;
}

internal sealed class EasyAnimateSaving
{
    [Option("output_dir", Description = "For training: the directory of the result, relative to easyanimate_home.")]
    public string OutputDir { get; set; } = string.Empty;

    [Option("output_video_dir", Description = "For inference: the directory of the videos, relative to easyanimate_home.")]
    public string OutputVideoDir { get; set; } = string.Empty;
}

/// <summary>Options of <c>easyanimate</c> as an inference.</summary>
internal sealed class EasyAnimateInferOptions : EasyAnimateOptions
{
    [Option("infer_name", Description = "Name for people.")]
    public string? InferName { get; set; }

    [Option("train", Required = true, Description = "What EasyAnimate's infer_lora.sh is given.")]
    public EasyAnimateInference Train { get; set; } = new();
}

/// <summary>What <c>infer_lora.sh</c> is given.</summary>
internal sealed class EasyAnimateInference
{
    [Option("model_path", Description = "The models.")]
    public EasyAnimateModels ModelPath { get; set; } = new();

    [Option("infer_config", Description = "How to infer.")]
    public EasyAnimateInferSettings InferConfig { get; set; } = new();

    [Option("saving_config", Description = "Where the result goes.")]
    public EasyAnimateSaving SavingConfig { get; set; } = new();
}

internal sealed class EasyAnimateInferSettings
{
    [Option("image_size", Min = 1, Description = "Size of the images in pixels.")]
    public int ImageSize { get; set; } = 256;

    [Option("prompt_info_path", Required = true, Description = "The prompts, relative to easyanimate_home.")]
    public string PromptInfoPath { get; set; } = string.Empty;

    [Option("gpu_num", Min = 1, Description = "GPUs to use.")]
    public int GpuNum { get; set; } = 1;

    [Option("batch_size", Min = 1, Description = "Videos at a time.")]
    public int BatchSize { get; set; } = 8;

    [Option("mixed_precision", Description = "Precision, as bf16.")]
    public string MixedPrecision { get; set; } = "bf16";

    [Option("video_num_per_prompt", Min = 1, Description = "Videos for each prompt.")]
    public int VideoNumPerPrompt { get; set; } = 5;

    [Option("seed", Description = "Seed of the run.")]
    public long Seed { get; set; } = 43;
}
