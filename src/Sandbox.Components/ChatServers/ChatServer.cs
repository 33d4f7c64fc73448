using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Sandbox.Components.DataPools;
using Sandbox.Core.Faults;

namespace Sandbox.Components.ChatServers;

/// <summary>An OpenAI-compatible chat server. Requests that fail for a passing reason (no connection, a limit, a server's
/// fault, no answer in time) are sent again with growing waits; the server's own wish to wait is kept.</summary>
internal sealed partial class ChatServer : IDisposable
{
    private const string OpenAi = "https://api.openai.com/v1";
    private const int ShownOfBody = 300;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private readonly ChatServerSettings _settings;
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly RequestPacer _pacer;
    private readonly ResiliencePipeline _retries;
    private readonly ILogger _logger;
    private readonly Uri _address;
    private string? _model;
    private long _retried;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    public ChatServer(ChatServerSettings settings, TimeProvider time, ILogger logger)
    {
        (_settings, _logger, _model) = (settings, logger, string.IsNullOrEmpty(settings.Model) ? null : settings.Model);
        _pacer = new RequestPacer(settings.RequestsPerMinute, time);
        _address = new Uri(FirstGiven(settings.Client.BaseUrl, Environment.GetEnvironmentVariable("OPENAI_BASE_URL"), OpenAi).TrimEnd('/') + "/");
        if (Environment.GetEnvironmentVariable(settings.Client.ApiKeyEnv) is { Length: > 0 } key)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        _retries = Retries(settings, time);
    }

    /// <summary>How many requests were repetitions.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Asks for an answer to messages.</summary>
    /// <exception cref="JobFailedException">No answer came, however often the question was asked.</exception>
    public async Task<ChatAnswer> AskAsync(JsonNode messages, CancellationToken cancellationToken)
    {
        _model ??= await FirstModelAsync(cancellationToken);
        var body = new JsonObject { ["messages"] = messages.DeepClone(), ["model"] = _model };
        foreach (var (key, value) in _settings.Sampling)
        {
            body[key] = value?.DeepClone();
        }

        var endpoint = new Uri(_address, string.IsNullOrEmpty(_settings.Endpoint) ? "chat/completions" : _settings.Endpoint.TrimStart('/'));
        var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(body.ToJsonString(DataPool.Json), Encoding.UTF8, "application/json"),
        }, reply => TextOf(reply) is null ? "the answer has no text at " + ResponsePath : null, cancellationToken);
        return new ChatAnswer(TextOf(answer)!, Tokens(answer, "prompt_tokens"), Tokens(answer, "completion_tokens"));
    }

    public void Dispose() => _http.Dispose();

    private string ResponsePath => string.IsNullOrEmpty(_settings.ResponsePath) ? "choices.0.message.content" : _settings.ResponsePath;

    private static string FirstGiven(params ReadOnlySpan<string?> values)
    {
        foreach (var value in values)
        {
            if (!string.IsNullOrEmpty(value))
            {
                return value;
            }
        }

        return string.Empty;
    }

    private static long Tokens(JsonNode answer, string name) =>
        answer["usage"]?[name] is JsonValue value && value.TryGetValue(out long tokens) ? tokens : 0;

    private string? TextOf(JsonNode reply)
    {
        var current = reply;
        foreach (var part in ResponsePath.Split('.'))
        {
            current = current switch
            {
                JsonArray list when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                JsonObject map => map[part],
                _ => null,
            };
        }

        return current is JsonValue value && value.TryGetValue(out string? text) ? text : null;
    }

    private async Task<string> FirstModelAsync(CancellationToken cancellationToken)
    {
        var address = new Uri(_address, "models");
        var list = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), _ => null, cancellationToken);
        return list["data"] is JsonArray { Count: > 0 } models && (string?)models[0]?["id"] is { } model
            ? model
            : throw new JobFailedException($"{address} offers no model: name one in \"model\".");
    }

    private async Task<JsonNode> SendAsync(Func<HttpRequestMessage> request, Func<JsonNode, string?> fault, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.ExecuteAsync(async token => await SendOnceAsync(request, fault, token), cancellationToken);
        }
        catch (ChatException e)
        {
            throw new JobFailedException(FormattableString.Invariant($"{_address}: {e.Message} (sent {(e.IsTransient ? _settings.MaxRetries + 1 : 1)} times)."), e);
        }
    }

    private async ValueTask<JsonNode> SendOnceAsync(Func<HttpRequestMessage> request, Func<JsonNode, string?> fault, CancellationToken cancellationToken)
    {
        await _pacer.WaitAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(_settings.Client.Timeout));
        try
        {
            using var message = request();
            using var response = await _http.SendAsync(message, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw Refused(response, text);
            }

            var reply = JsonNode.Parse(text) ?? throw new ChatException("the answer is null", isTransient: true);
            return fault(reply) is { } problem ? throw new ChatException(problem, isTransient: true) : reply;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            throw new ChatException(e.Message, isTransient: true, inner: e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ChatException(FormattableString.Invariant($"no answer within {_settings.Client.Timeout} seconds"), isTransient: true, inner: e);
        }
    }

    private static ChatException Refused(HttpResponseMessage response, string text)
    {
        var status = response.StatusCode;
        var transient = status is HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
        var shown = text.Length > ShownOfBody ? text[..ShownOfBody] + "…" : text;
        return new ChatException(
            FormattableString.Invariant($"the server answered {(int)status} {response.ReasonPhrase}: {shown.ReplaceLineEndings(" ")}"),
            transient,
            response.Headers.RetryAfter?.Delta);
    }

    private ResiliencePipeline Retries(ChatServerSettings settings, TimeProvider time)
    {
        if (settings.MaxRetries == 0)
        {
            return ResiliencePipeline.Empty;
        }

        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        return builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = settings.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = settings.RetryDelay,
            MaxDelay = LongestWait,
            ShouldHandle = new PredicateBuilder().Handle<ChatException>(e => e.IsTransient),
            DelayGenerator = outcome => ValueTask.FromResult((outcome.Outcome.Exception as ChatException)?.RetryAfter),
            OnRetry = outcome =>
            {
                Interlocked.Increment(ref _retried);
                LogRetry(_logger, outcome.AttemptNumber + 1, settings.MaxRetries, outcome.RetryDelay.TotalSeconds, outcome.Outcome.Exception?.Message ?? string.Empty);
                return default;
            },
        }).Build();
    }

    [LoggerMessage(3701, LogLevel.Warning, "Request failed, repetition {Attempt} of {Most} in {Seconds:F1} s: {Reason}")]
    private static partial void LogRetry(ILogger logger, int attempt, int most, double seconds, string reason);
}
