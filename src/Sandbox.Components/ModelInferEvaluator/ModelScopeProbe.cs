using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Components.ModelProbe;
using Sandbox.Components.Programs.Steps;
using Sandbox.Components.Texts;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.ModelInferEvaluator;

/// <summary>Scores samples by a pipeline of ModelScope, driven over JSON lines; the driver goes on behind the last answer.</summary>
internal sealed class ModelScopeProbe(ProcessSupervision supervision, ModelScopeProbeOptions options) : IComponent
{
    private const string Driver = "llm_infer.py";
    private const double LeastConfidence = 1e-12;

    public static ComponentDescriptor Descriptor(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.ModelInferEvaluator,
        Type = "modelscope",
        Summary = "Scores samples by a pipeline of ModelScope.",
        OptionsType = typeof(ModelScopeProbeOptions),
        Create = o => new ModelScopeProbe(supervision, (ModelScopeProbeOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var programs = await ProgramSteps.PrepareAsync(supervision, options, context, cancellationToken);
        var driver = await Drivers.PlaceAsync(Driver, context, cancellationToken);
        var (settings, requests, answers) = (Lasting("settings.json"), Lasting("requests.jsonl"), Lasting("answers.jsonl"));
        await WholeFile.WriteTextAsync(settings, Settings().ToJsonString(), cancellationToken);
        await WriteRequestsAsync(requests, context, cancellationToken);
        var written = await programs.RunAsync(
            new ProgramStep($"score {options.DatasetPath}", [programs.Python, driver, settings, requests, answers], context.Files.FullPath(".")),
            _ => JsonValue.Create(answers),
            cancellationToken);
        return await ScoredSamples.WriteAsync(options.ResultPath, context, ScoreAsync((string)written!, context, cancellationToken), cancellationToken);

        string Lasting(string name) => context.Files.Lasting(Path.Combine("probe", name));
    }

    private JsonObject Settings() => new()
    {
        ["type"] = "modelscope",
        ["task"] = options.Task,
        ["model"] = options.Model,
        ["model_params"] = options.ModelParams.DeepClone(),
        ["sampling_params"] = new JsonObject(),
    };

    private DatasetTexts Texts(ComponentContext context) => new(context, [options.DatasetPath], options.TextKey, options.MaxBadRows);

    private Task WriteRequestsAsync(string file, ComponentContext context, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(file, async target =>
        {
            await foreach (var text in Texts(context).ReadAsync(cancellationToken))
            {
                await target.WriteAsync(Encoding.UTF8.GetBytes(JsonValue.Create(text).ToJsonString(DataPool.Json) + "\n"), cancellationToken);
            }
        });

    private async IAsyncEnumerable<ScoredSample> ScoreAsync(
        string answers, ComponentContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(answers);
        await foreach (var (row, _) in Texts(context).ReadRowsAsync(cancellationToken))
        {
            var line = await reader.ReadLineAsync(cancellationToken)
                ?? throw new JobFailedException("there are fewer answers than samples: the driver ended early.");
            var answer = JsonNode.Parse(line);
            yield return new ScoredSample(row, Score(answer), new JsonObject { ["answer"] = answer?.DeepClone() });
        }
    }

    private double Score(JsonNode? answer)
    {
        var found = options.ScoreKey.Split('.').Aggregate(FirstOf(answer), (node, key) => FirstOf((node as JsonObject)?[key]));
        if (found is not JsonValue value || !value.TryGetValue(out double number))
        {
            return double.NaN;
        }

        return options.ScoreIs == "loss" ? number : -Math.Log(Math.Max(number, LeastConfidence));
    }

    private static JsonNode? FirstOf(JsonNode? node) => node is JsonArray list ? FirstOf(list.FirstOrDefault()) : node;
}
