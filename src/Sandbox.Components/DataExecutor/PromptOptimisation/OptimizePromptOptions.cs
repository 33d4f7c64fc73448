using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.Components.ChatServers;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.DataExecutor.PromptOptimisation;

/// <summary>Options of the operator <c>optimize_prompt_mapper</c>.</summary>
internal sealed class OptimizePromptOptions : IValidatableOptions
{
    // What upstream's operator asks for by default, in our words: a better prompt in the same form and nothing else.
    private const string StandardSystemPrompt =
        "请比较下面给出的示例提示词，归纳它们的共同写法，再写出一条更好的提示词，使模型能更好地完成任务。\n"
        + "要求：\n"
        + "1. 新的【提示词】不要与任何一条示例相同，但格式要一致。\n"
        + "2. 只对关键词和主要参数做小幅调整，不要大改。\n"
        + "3. 只输出以【提示词】开头的新提示词，不要输出其他内容。\n";

    [Option("api_or_hf_model", Description = "Name of the model.")]
    public string Model { get; set; } = "Qwen/Qwen2.5-7B-Instruct";

    [Option("gen_num", Min = 1, Max = 10000, Description = "New prompts for each batch.")]
    public int GenNum { get; set; } = 3;

    [Option("max_example_num", Min = 1, Max = 10000, Description = "Examples shown at a time; new prompts become examples and push out the oldest.")]
    public int MaxExampleNum { get; set; } = 3;

    [Option("keep_original_sample", Description = "Whether the prompts of the input stay.")]
    public bool KeepOriginalSample { get; set; } = true;

    [Option("retry_num", Min = 1, Max = 1000, Description = "How often a new prompt is asked for where none can be found in the answer.")]
    public int RetryNum { get; set; } = 3;

    [Option("api_endpoint", Description = "Path below the server's address, or a whole address.")]
    public string? ApiEndpoint { get; set; }

    [Option("response_path", Description = "Dotted path to the text in an answer.")]
    public string? ResponsePath { get; set; }

    [Option("system_prompt", Description = "What the model is told to do.")]
    public string? SystemPrompt { get; set; }

    [Option("input_template", Description = "Holds all examples in the place of {}.")]
    public string? InputTemplate { get; set; }

    [Option("example_template", Description = "Holds one example in the place of {}.")]
    public string? ExampleTemplate { get; set; }

    [Option("prompt_template", Description = "Holds a prompt in the place of {}.")]
    public string? PromptTemplate { get; set; }

    [Option("output_pattern", Description = "Regular expression whose first group is the new prompt in an answer.")]
    public string? OutputPattern { get; set; }

    [Option("enable_vllm", Description = "Whether vLLM answers: for the real Data-Juicer.")]
    public bool EnableVllm { get; set; }

    [Option("is_hf_model", Description = "Whether a Hugging Face model answers: for the real Data-Juicer.")]
    public bool IsHfModel { get; set; }

    [Option("model_params", Description = "How the server is reached.")]
    public ChatClientOptions ModelParams { get; set; } = new();

    [Option("sampling_params", Description = "What steers the generation.")]
    public JsonObject SamplingParams { get; set; } = [];

    [Option("prompt_key", Description = "The field that holds the prompt.")]
    public string PromptKey { get; set; } = "prompt";

    [Option("batch_size", Min = 1, Max = 1000000, Description = "Rows of a batch.")]
    public int BatchSize { get; set; } = 1000;

    [Option("max_retry_num", Min = 0, Max = 1000, Description = "How often a request that failed for a passing reason is sent again.")]
    public int MaxRetryNum { get; set; } = 5;

    [Option("seed", Description = "Seed of the choice of examples.")]
    public int Seed { get; set; } = 42;

    public string System => string.IsNullOrEmpty(SystemPrompt) ? StandardSystemPrompt : SystemPrompt;

    public string Input => string.IsNullOrEmpty(InputTemplate) ? "{}" : InputTemplate;

    public string Example => string.IsNullOrEmpty(ExampleTemplate) ? "\n如下是一条示例数据：\n{}" : ExampleTemplate;

    public string Prompt => string.IsNullOrEmpty(PromptTemplate) ? "【提示词】\n{}\n" : PromptTemplate;

    public Regex Output => new(
        string.IsNullOrEmpty(OutputPattern) ? "【提示词】(.*?)(?=【|$)" : OutputPattern, RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    // Upstream always asks for a length where none is given.
    public ChatServerSettings Server
    {
        get
        {
            var sampling = (JsonObject)SamplingParams.DeepClone();
            sampling.TryAdd("max_new_tokens", 512);
            return new ChatServerSettings(Model, ModelParams, ApiEndpoint, ResponsePath, sampling, MaxRetryNum, TimeSpan.FromSeconds(1), 0);
        }
    }

    public void Validate(Action<string, string> fault)
    {
        if (EnableVllm || IsHfModel)
        {
            fault(EnableVllm ? "enable_vllm" : "is_hf_model", "the embedded operator asks an OpenAI-compatible server: serve the model with one, or use the real Data-Juicer.");
        }

        foreach (var (key, template) in new[] { ("input_template", Input), ("example_template", Example), ("prompt_template", Prompt) })
        {
            if (!template.Contains("{}", StringComparison.Ordinal))
            {
                fault(key, $"option \"{key}\" must hold {{}}, the place of what goes in.");
            }
        }

        try
        {
            if (Output.GetGroupNumbers().Length < 2)
            {
                fault("output_pattern", "option \"output_pattern\" needs a group in parentheses: the new prompt.");
            }
        }
        catch (ArgumentException e)
        {
            fault("output_pattern", $"option \"output_pattern\" is no regular expression: {e.Message}");
        }
    }
}
