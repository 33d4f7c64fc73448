using System.Text.Json.Nodes;
using Sandbox.Components.Environments;
using Sandbox.Components.ModelInfer.Prompts;
using Sandbox.Core.Components.Options;
using Sandbox.Environments.Python;

namespace Sandbox.Components.ModelInfer.Local;

/// <summary>Options of <c>huggingface</c> and <c>vllm</c>.</summary>
internal abstract class LocalInferOptions : EnvironmentOptions
{
    [Option("model", Required = true, Description = "Name or path of the model.")]
    public string Model { get; set; } = string.Empty;

    [Option("model_params", Description = "What the library is given to load the model.")]
    public JsonObject ModelParams { get; set; } = [];

    [Option("sampling_params", Description = "What steers the generation, passed on as it is.")]
    public JsonObject SamplingParams { get; set; } = [];

    [Option("build_messages_func", OneOf = [MessageBuilders.Plain, MessageBuilders.MathQa], Description = "Makes the messages out of a row.")]
    public string BuildMessagesFunc { get; set; } = MessageBuilders.Plain;

    [Option("parse_output_func", OneOf = ["parse_output"], Description = "Makes the result out of an answer; parse_output takes it as it is.")]
    public string ParseOutputFunc { get; set; } = "parse_output";

    [Option("func_kwargs", Description = "Which fields of a row hold what: system_key, query_key, response_key.")]
    public JsonObject FuncKwargs { get; set; } = [];

    [Option("dataset_path", Required = true, Path = PathAccess.Read, Description = "The data sets to answer: a path or a list.")]
    public List<string> DatasetPath { get; set; } = [];

    [Option("export_path", Required = true, Path = PathAccess.Write, Description = "The directory for the results, NAME_inference.jsonl each.")]
    public string ExportPath { get; set; } = string.Empty;

    [Option("infer_res_key", Description = "The field for the answer.")]
    public string InferResKey { get; set; } = "response";
}

/// <summary>Options of <c>huggingface</c>.</summary>
internal sealed class HuggingFaceOptions : LocalInferOptions
{
    protected override IReadOnlyList<Requirements> Needs(Func<string, string> path) => Packages("transformers", "torch");
}

/// <summary>Options of <c>vllm</c>.</summary>
internal sealed class VllmOptions : LocalInferOptions
{
    protected override IReadOnlyList<Requirements> Needs(Func<string, string> path) => Packages("vllm");
}
