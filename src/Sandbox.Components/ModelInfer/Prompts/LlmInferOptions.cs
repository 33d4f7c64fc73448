using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.ModelInfer.Prompts;

/// <summary>Options that every inference of a language model has.</summary>
internal abstract class LlmInferOptions
{
    [Option("model", Description = "Name or path of the model.")]
    public string? Model { get; set; }

    [Option("sampling_params", Description = "What steers the generation, passed on as it is: temperature, max_tokens and the like.")]
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

    [Option("checkpoint_rows", Min = 1, Max = 100000, Description = "Rows whose answers are kept together: after a restart or a retry the file goes on behind the last ones kept.")]
    public int CheckpointRows { get; set; } = 32;
}
