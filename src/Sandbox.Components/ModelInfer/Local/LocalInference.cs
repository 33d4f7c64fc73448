using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Components.ModelInfer.Prompts;
using Sandbox.Components.Programs.Steps;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.ModelInfer.Local;

/// <summary>Answers rows with a model on this machine: Hugging Face's transformers or vLLM, driven over JSON lines. Each
/// data set is a durable step, and the driver goes on behind the last answer. Gives the paths of the results.</summary>
internal sealed class LocalInference(ProcessSupervision supervision, string type, LocalInferOptions options) : IComponent
{
    private const string Driver = "llm_infer.py";

    /// <summary>Hugging Face's transformers.</summary>
    public static ComponentDescriptor HuggingFace(ProcessSupervision supervision) =>
        Descriptor(supervision, "huggingface", "Hugging Face's transformers", typeof(HuggingFaceOptions));

    /// <summary>vLLM.</summary>
    public static ComponentDescriptor Vllm(ProcessSupervision supervision) => Descriptor(supervision, "vllm", "vLLM", typeof(VllmOptions));

    private static ComponentDescriptor Descriptor(ProcessSupervision supervision, string type, string library, Type options) => new()
    {
        Factory = FactoryNames.ModelInferExecutor,
        Type = type,
        Summary = $"Answers the rows of data sets with a model on this machine, by {library}.",
        OptionsType = options,
        Create = o => new LocalInference(supervision, type, (LocalInferOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var sources = DataPoolPaths.Existing(options.DatasetPath, context);
        var outputs = DataPoolPaths.Outputs(options.ExportPath, sources, "_inference");
        var programs = await ProgramSteps.PrepareAsync(supervision, options, context, cancellationToken);
        var driver = await Drivers.PlaceAsync(Driver, context, cancellationToken);
        var settings = context.Files.Lasting("infer/settings.json");
        await WholeFile.WriteTextAsync(settings, Settings().ToJsonString(), cancellationToken);
        foreach (var (i, (source, output)) in sources.Zip(outputs).Index())
        {
            var requests = context.Files.Lasting(FormattableString.Invariant($"infer/{i}.requests.jsonl"));
            var answers = context.Files.Lasting(FormattableString.Invariant($"infer/{i}.answers.jsonl"));
            await WriteRequestsAsync(source, requests, context, cancellationToken);
            var written = await programs.RunAsync(
                new ProgramStep($"answer {source}", [programs.Python, driver, settings, requests, answers], context.Files.FullPath(".")),
                _ => JsonValue.Create(answers),
                cancellationToken);
            await MergeAsync(source, (string)written!, context.Files.ResolveWrite(output), context, cancellationToken);
        }

        return HookResult.One(new JsonArray([.. outputs.Select(o => JsonValue.Create(o))]));
    }

    private JsonObject Settings() => new()
    {
        ["type"] = type,
        ["model"] = options.Model,
        ["model_params"] = options.ModelParams.DeepClone(),
        ["sampling_params"] = options.SamplingParams.DeepClone(),
    };

    private Task WriteRequestsAsync(string source, string file, ComponentContext context, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(file, async target =>
        {
            await foreach (var row in DataPool.ReadAsync(source, context, cancellationToken))
            {
                var messages = MessageBuilders.Build(options.BuildMessagesFunc, row, options.FuncKwargs);
                await target.WriteAsync(Encoding.UTF8.GetBytes(messages.ToJsonString(DataPool.Json) + "\n"), cancellationToken);
            }
        });

    private Task MergeAsync(string source, string answers, string output, ComponentContext context, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(output, async target =>
        {
            using var reader = new StreamReader(answers);
            await foreach (var row in DataPool.ReadAsync(source, context, cancellationToken))
            {
                var answer = await reader.ReadLineAsync(cancellationToken)
                    ?? throw new JobFailedException($"there are fewer answers than rows in {source}: the driver ended early.");
                row[options.InferResKey] = JsonNode.Parse(answer);
                await target.WriteAsync(Encoding.UTF8.GetBytes(row.ToJsonString(DataPool.Json) + "\n"), cancellationToken);
            }
        });
}
