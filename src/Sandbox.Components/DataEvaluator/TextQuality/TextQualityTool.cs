using System.Text.Json.Nodes;
using Sandbox.Components.Programs.Steps;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.DataEvaluator.TextQuality;

/// <summary>Scores texts with Data-Juicer's own classifier, driven by a small Python program; the result is the mean score.</summary>
internal sealed class TextQualityTool(ProcessSupervision supervision, TextQualityOptions options)
{
    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        if (options.DatasetPath.Count != 1)
        {
            throw new JobFailedException("Data-Juicer's classifier scores one data set: give one, or weights in model_path.");
        }

        var programs = await ProgramSteps.PrepareAsync(supervision, options, context, cancellationToken);
        var driver = await Drivers.PlaceAsync("quality_predict.py", context, cancellationToken);
        var (scored, result) = (context.Files.Lasting("quality-scores.jsonl"), context.Files.Lasting("quality.json"));
        var mean = await programs.RunAsync(
            new ProgramStep(
                $"score {options.DatasetPath[0]}",
                [programs.Python, driver, context.Files.ResolveRead(options.DatasetPath[0]), scored, result],
                context.Files.FullPath(options.DataJuicerHome)),
            _ => JsonNode.Parse(File.ReadAllText(result))!["mean"]!.DeepClone(),
            cancellationToken);
        return HookResult.One(mean?.DeepClone());
    }
}
