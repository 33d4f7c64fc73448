using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.ChatServers;

/// <summary>How the server is reached: upstream's <c>model_params</c>, which go to its OpenAI client.</summary>
internal sealed class ChatClientOptions : IValidatableOptions
{
    [Option("base_url", Description = "Address of the server, as in http://127.0.0.1:8000/v1; without it that of the environment variable OPENAI_BASE_URL, else OpenAI's.")]
    public string? BaseUrl { get; set; }

    [Option("api_key_env", Description = "The environment variable that holds the key; a key itself must not stand in a config.")]
    public string ApiKeyEnv { get; set; } = "OPENAI_API_KEY";

    [Option("timeout", Min = 0.001, Max = 86400, Description = "Seconds to wait for an answer.")]
    public double Timeout { get; set; } = 600;

    [Option("api_key", Description = "Refused: keys are taken from the environment.")]
    public string? ApiKey { get; set; }

    public void Validate(Action<string, string> fault)
    {
        if (!string.IsNullOrEmpty(ApiKey))
        {
            fault("api_key", "a key must not stand in a config: put it into the environment variable that api_key_env names (OPENAI_API_KEY).");
        }

        if (BaseUrl is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
        {
            fault("base_url", $"\"{url}\" is no address: it begins with http:// or https://.");
        }
    }
}

/// <summary>What is asked of a server, and how often.</summary>
/// <param name="Model">Name of the model; null takes the first that the server offers.</param>
/// <param name="Client">How it is reached.</param>
/// <param name="Endpoint">Path below the base address, or a whole address; null for chat completions.</param>
/// <param name="ResponsePath">Dotted path to the text in an answer; null for that of chat completions.</param>
/// <param name="Sampling">What is added to every request.</param>
/// <param name="MaxRetries">How often a request that failed is sent again.</param>
/// <param name="RetryDelay">Wait before the first repetition; it doubles from then on.</param>
/// <param name="RequestsPerMinute">Most requests a minute; 0 for no limit.</param>
internal sealed record ChatServerSettings(
    string? Model,
    ChatClientOptions Client,
    string? Endpoint,
    string? ResponsePath,
    JsonObject Sampling,
    int MaxRetries,
    TimeSpan RetryDelay,
    double RequestsPerMinute);

/// <summary>An answer, with what it cost.</summary>
internal sealed record ChatAnswer(string Text, long PromptTokens, long CompletionTokens);
