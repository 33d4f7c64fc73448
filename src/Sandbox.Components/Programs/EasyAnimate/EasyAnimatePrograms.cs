using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Components.Programs.Steps;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Logs;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.EasyAnimate;

/// <summary>Drives EasyAnimate's own scripts: set up, install, train or infer, each a durable step. Gives the directory of
/// the result.</summary>
internal sealed class EasyAnimatePrograms(
    ProcessSupervision supervision, EasyAnimateOptions options, string script, IReadOnlyList<object> arguments, string output) : IComponent
{
    private const string SetUp = "setup_easyanimate.sh";

    /// <summary>Training with <c>train_lora.sh</c>.</summary>
    public static ComponentDescriptor Training(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.ModelTrain,
        Type = "easyanimate",
        Summary = "Trains a text-to-video model with EasyAnimate.",
        OptionsType = typeof(EasyAnimateTrainOptions),
        WritesPaths = o => [Result((EasyAnimateTrainOptions)o, ((EasyAnimateTrainOptions)o).Train.SavingConfig.OutputDir)],
        Create = o => Train(supervision, (EasyAnimateTrainOptions)o),
    };

    /// <summary>Inference with <c>infer_lora.sh</c>.</summary>
    public static ComponentDescriptor Inference(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.ModelInferExecutor,
        Type = "easyanimate",
        Summary = "Makes videos from prompts with EasyAnimate.",
        OptionsType = typeof(EasyAnimateInferOptions),
        WritesPaths = o => [Result((EasyAnimateInferOptions)o, ((EasyAnimateInferOptions)o).Train.SavingConfig.OutputVideoDir)],
        Create = o => Infer(supervision, (EasyAnimateInferOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var home = context.Files.FullPath(options.Home);
        if (options.Install && options.HasEnvironment)
        {
            await context.Steps.RunAsync("set EasyAnimate up", token => SetUpAsync(home, context, token), cancellationToken);
        }

        var programs = await ProgramSteps.PrepareAsync(supervision, options, context, cancellationToken);
        if (!File.Exists(Path.Combine(home, script)))
        {
            throw new JobFailedException($"{Path.Combine(home, script)} is not there: set easyanimate_home, or let EasyAnimate be installed (install: true).");
        }

        var configured = Result(options, output);
        var directory = programs.WorkDirectory(configured);
        var written = await programs.RunAsync(
            new ProgramStep(script, ["bash", Path.Combine(home, script), .. arguments.Select(a => ReferenceEquals(a, output) ? directory : Argument(a, context))], home),
            _ => JsonValue.Create(directory),
            cancellationToken);
        programs.Adopt((string)written!, configured);
        return HookResult.One(context.Files.FullPath(configured));
    }

    private static EasyAnimatePrograms Train(ProcessSupervision supervision, EasyAnimateTrainOptions options)
    {
        var (train, settings) = (options.Train, options.Train.TrainingConfig);
        return new EasyAnimatePrograms(
            supervision,
            options,
            "train_lora.sh",
            [
                train.ModelPath.PretrainedModelNameOrPath, train.ModelPath.TransformerPath, train.DatasetPath.DatasetName,
                new Read(train.DatasetPath.DatasetMetaName), settings.SampleSize, settings.MixedPrecision, settings.BatchSizePerGpu,
                settings.GradientAccumulationSteps, settings.NumTrainEpochs, settings.DataloaderNumWorkers, settings.Seed,
                train.SavingConfig.OutputDir, train.TrackerConfig.ProjectName, train.TrackerConfig.ExperimentName,
            ],
            train.SavingConfig.OutputDir);
    }

    private static EasyAnimatePrograms Infer(ProcessSupervision supervision, EasyAnimateInferOptions options)
    {
        var (infer, settings) = (options.Train, options.Train.InferConfig);
        return new EasyAnimatePrograms(
            supervision,
            options,
            "infer_lora.sh",
            [
                infer.ModelPath.PretrainedModelNameOrPath, infer.ModelPath.TransformerPath, new Read(infer.ModelPath.LoraPath), settings.ImageSize,
                new Read(settings.PromptInfoPath), settings.GpuNum, settings.BatchSize, settings.MixedPrecision, settings.VideoNumPerPrompt,
                settings.Seed, infer.SavingConfig.OutputVideoDir,
            ],
            infer.SavingConfig.OutputVideoDir);
    }

    // Upstream's script fetches the code; what it needs is installed with the environment.
    private async Task<JsonNode?> SetUpAsync(string home, ComponentContext context, CancellationToken cancellationToken)
    {
        var models = Path.GetDirectoryName(home.TrimEnd('/'))!;
        if (!File.Exists(Path.Combine(home, script)) && File.Exists(Path.Combine(models, SetUp)))
        {
            var spec = new ProcessSpec { Command = ["bash", SetUp], WorkingDirectory = models };
            await new ProgramRun(supervision, context).RunAsync("set-up", spec, new LogWatch([]), cancellationToken);
        }

        return JsonValue.Create(true);
    }

    // What EasyAnimate takes relative to its own directory, relative to the run's.
    private static string Result(EasyAnimateOptions options, string path) =>
        Path.IsPathRooted(path) || Path.IsPathRooted(options.Home)
            ? Path.GetFullPath(path, Path.GetFullPath(options.Home))
            : "./" + Path.GetRelativePath("/run", Path.GetFullPath(path, Path.Combine("/run", options.Home)));

    // What this run wrote under the path (with iter_N or without) is meant; a path that it did not write stays as it is.
    private string Argument(object argument, ComponentContext context)
    {
        if (argument is not Read read)
        {
            return Text(argument);
        }

        var own = Result(options, read.Path);
        var file = context.Files.ResolveRead(own);
        return read.Path.Length == 0 || file == context.Files.FullPath(own) ? read.Path : file;
    }

    private sealed record Read(string Path);

    private static string Text(object argument) => Convert.ToString(argument, CultureInfo.InvariantCulture) ?? string.Empty;
}
