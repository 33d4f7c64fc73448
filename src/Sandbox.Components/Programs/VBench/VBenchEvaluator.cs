using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.Components.DataPools;
using Sandbox.Components.Programs.Steps;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.VBench;

/// <summary>Scores videos with VBench, one durable step a dimension. Gives the mean of the scores; the scores themselves
/// are in the merged results.</summary>
internal sealed partial class VBenchEvaluator(ProcessSupervision supervision, VBenchOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.DataEvaluator,
        Type = "vbench_video_evaluator",
        Summary = "Scores videos with VBench.",
        OptionsType = typeof(VBenchOptions),
        Create = o => new VBenchEvaluator(supervision, (VBenchOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var gpus = await GpuCount.OfAsync(options.NumGpus, cancellationToken);
        var programs = await ProgramSteps.PrepareAsync(supervision, options, context, cancellationToken);
        var detail = new JsonObject();
        foreach (var dimension in options.DimensionList)
        {
            detail[dimension] = await ScoreAsync(dimension, gpus, programs, context, cancellationToken);
        }

        var mean = detail.Average(d => (double)d.Value!);
        var merged = new JsonObject { ["mean_score"] = mean, ["detail"] = detail };
        await WholeFile.WriteTextAsync(
            context.Files.ResolveWrite(Path.Combine(options.OutputPath, options.EvalName + "_merged_results.json")), merged.ToJsonString(DataPool.Json), cancellationToken);
        return HookResult.One(JsonValue.Create(mean));
    }

    private async Task<JsonNode?> ScoreAsync(string dimension, int gpus, ProgramSteps programs, ComponentContext context, CancellationToken cancellationToken)
    {
        var output = programs.WorkDirectory(options.OutputPath);
        var log = Path.Combine(output, $"eval_log_{dimension}.txt");
        var step = new ProgramStep(
            $"evaluate {dimension}",
            [
                "vbench", "evaluate", "--ngpus", FormattableString.Invariant($"{gpus}"), "--full_json_dir", context.Files.ResolveRead(options.FullJsonDir),
                "--output_path", output, "--videos_path", context.Files.ResolveRead(options.VideosPath), "--dimension", dimension,
                "--load_ckpt_from_local", options.LoadCkptFromLocal ? "True" : "False",
            ],
            context.Files.FullPath("."))
        {
            LogFile = log,
        };
        var result = (JsonObject)(await programs.RunAsync(
            step, _ => new JsonObject { ["score"] = Score(dimension, log, context.Files.FullPath(".")), ["directory"] = output }, cancellationToken))!;
        programs.Adopt((string)result["directory"]!, options.OutputPath);
        return result["score"]?.DeepClone();
    }

    // VBench says where its result lies; in it the dimension's first item is the score.
    private static double Score(string dimension, string log, string directory)
    {
        var said = Saved().Match(File.ReadAllText(log));
        if (!said.Success)
        {
            throw new JobFailedException($"VBench did not say where the results of {dimension} were saved: read {log}.");
        }

        var file = Path.GetFullPath(said.Groups["file"].Value, directory);
        try
        {
            return (JsonNode.Parse(File.ReadAllText(file))?[dimension] as JsonArray)?[0]?.GetValue<double>() ?? throw new JsonException("it is not there");
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw new JobFailedException($"{file} holds no score of {dimension}: {e.Message}", e);
        }
    }

    [GeneratedRegex(@"Evaluation results saved to (?<file>.+?\.json)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Saved();
}
