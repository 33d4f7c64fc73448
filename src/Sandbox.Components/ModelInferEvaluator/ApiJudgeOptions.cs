using System.Text.Json.Nodes;
using Sandbox.Components.ChatServers;
using Sandbox.Components.ModelProbe;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.ModelInferEvaluator;

/// <summary>Options of <c>api</c> as a probe.</summary>
internal sealed class ApiJudgeOptions : ProbeOptions, IValidatableOptions
{
    [Option("model", Description = "Name of the model; without it the first that the server offers.")]
    public string? Model { get; set; }

    [Option("model_params", Description = "How the server is reached.")]
    public ChatClientOptions ModelParams { get; set; } = new();

    [Option("sampling_params", Description = "What steers the generation, passed on as it is.")]
    public JsonObject SamplingParams { get; set; } = [];

    [Option("system_prompt", Description = "What the judge is told to do.")]
    public string SystemPrompt { get; set; } = "Judge how hard the text is to learn from: 0 is clean and easy, 10 is broken or useless. Answer with a number only.";

    [Option("prompt_template", Description = "What the judge is asked; {} is the text.")]
    public string PromptTemplate { get; set; } = "{}";

    [Option("max_retry_num", Min = 0, Max = 1000, Description = "How often a request that failed for a passing reason is sent again.")]
    public int MaxRetryNum { get; set; } = 5;

    [Option("concurrency", Min = 1, Max = 1024, Description = "Requests under way at a time.")]
    public int Concurrency { get; set; } = 4;

    public void Validate(Action<string, string> fault)
    {
        if (!PromptTemplate.Contains("{}", StringComparison.Ordinal))
        {
            fault("prompt_template", "option \"prompt_template\" must hold {}, the place of the text.");
        }
    }
}
