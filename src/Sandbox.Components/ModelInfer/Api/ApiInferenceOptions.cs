using Sandbox.Components.ChatServers;
using Sandbox.Components.ModelInfer.Prompts;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.ModelInfer.Api;

/// <summary>Options of <c>api</c>.</summary>
internal sealed class ApiInferenceOptions : LlmInferOptions
{
    [Option("model_params", Description = "How the server is reached.")]
    public ChatClientOptions ModelParams { get; set; } = new();

    [Option("api_endpoint", Description = "Path below the server's address, or a whole address; without it chat/completions.")]
    public string? ApiEndpoint { get; set; }

    [Option("response_path", Description = "Dotted path to the text in an answer; without it choices.0.message.content.")]
    public string? ResponsePath { get; set; }

    [Option("max_retry_num", Min = 0, Max = 1000, Description = "How often a request that failed for a passing reason is sent again.")]
    public int MaxRetryNum { get; set; } = 5;

    [Option("retry_delay", Min = 0, Max = 3600, Description = "Seconds before the first repetition; the wait doubles each time, up to two minutes. A server's Retry-After comes first.")]
    public double RetryDelay { get; set; } = 1;

    [Option("concurrency", Min = 1, Max = 1024, Description = "Requests under way at a time.")]
    public int Concurrency { get; set; } = 4;

    [Option("requests_per_minute", Min = 0, Description = "Most requests that begin in a minute; 0 for no limit.")]
    public double RequestsPerMinute { get; set; }

    [Option("skip_errors", Description = "Whether a row whose request fails for good gets an empty answer and is counted; else the job fails.")]
    public bool SkipErrors { get; set; }

    [Option("prompt_token_price", Min = 0, Description = "Price of a million tokens sent, for the cost in the metrics.")]
    public double PromptTokenPrice { get; set; }

    [Option("completion_token_price", Min = 0, Description = "Price of a million tokens received.")]
    public double CompletionTokenPrice { get; set; }

    public ChatServerSettings Server => new(
        Model, ModelParams, ApiEndpoint, ResponsePath, SamplingParams, MaxRetryNum, TimeSpan.FromSeconds(RetryDelay), RequestsPerMinute);
}
