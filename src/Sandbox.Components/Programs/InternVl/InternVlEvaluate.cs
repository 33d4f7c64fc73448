using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Components.Programs.Steps;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Logs;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.InternVl;

/// <summary>Evaluates InternVL on COCO captions; each model is a durable step. Gives a list of the seven figures and their
/// mean, <c>avg_score</c>, one a model.</summary>
internal sealed class InternVlEvaluate(ProcessSupervision supervision, InternVlEvaluateOptions options) : IComponent
{
    private static readonly string[] Figures = ["Bleu_1", "Bleu_2", "Bleu_3", "Bleu_4", "METEOR", "ROUGE_L", "CIDEr"];

    public static ComponentDescriptor Descriptor(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.ModelEvaluator,
        Type = "internvl_coco_caption",
        Summary = "Evaluates InternVL on COCO captions.",
        OptionsType = typeof(InternVlEvaluateOptions),
        Create = o => new InternVlEvaluate(supervision, (InternVlEvaluateOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var models = DataPoolPaths.Existing(options.CkptPaths, context);
        var gpus = await GpuCount.OfAsync(options.NumGpus, cancellationToken);
        var programs = await ProgramSteps.PrepareAsync(supervision, options, context, cancellationToken);
        var chat = Path.Combine(context.Files.FullPath(options.InternVlHome), "internvl_chat");
        var results = new JsonArray();
        foreach (var model in models)
        {
            results.Add(await EvaluateAsync(model, gpus, chat, programs, context, cancellationToken));
        }

        return HookResult.One(results);
    }

    private static async Task<JsonNode?> EvaluateAsync(
        string model, int gpus, string chat, ProgramSteps programs, ComponentContext context, CancellationToken cancellationToken)
    {
        // evaluate.sh puts its own directory in front of the path, so that it must be relative to it.
        var relative = Path.GetRelativePath(chat, context.Files.ResolveRead(model));
        var step = new ProgramStep($"evaluate {model}", ["bash", "evaluate.sh", relative, "caption-coco", "--dynamic"], chat)
        {
            LogFile = Path.Combine(programs.WorkDirectory(model), "eval_log.txt"),
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["GPUS"] = FormattableString.Invariant($"{gpus}") },
        };
        var result = await programs.RunAsync(step, metrics => Result(metrics, model), cancellationToken, Watch());
        programs.Adopt(programs.WorkDirectory(model), model);
        return result?.DeepClone();
    }

    private static LogWatch Watch() =>
        new([.. Figures.Select(f => new WatchRule { Pattern = $@"^\s*{f}: (?<{f}>[-+0-9.eE]+)\s*$" })]);

    private static JsonObject Result(IReadOnlyDictionary<string, MetricSummary> metrics, string model)
    {
        var result = new JsonObject();
        foreach (var figure in Figures.Where(metrics.ContainsKey))
        {
            result[figure] = metrics[figure].First;
        }

        if (result.Count == 0)
        {
            throw new JobFailedException($"the evaluation of {model} printed none of {string.Join(", ", Figures)}: read its eval_log.txt.");
        }

        result["avg_score"] = result.Average(f => (double)f.Value!);
        return result;
    }
}
