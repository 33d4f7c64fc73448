using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.ChatServers;
using Sandbox.Components.ModelInfer.Prompts;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.ModelInfer.Api;

/// <summary>Lets a model behind an OpenAI-compatible server answer the rows of data sets. Gives the paths of the results.</summary>
internal sealed partial class ApiInference(ApiInferenceOptions options) : IComponent
{
    private const double Million = 1_000_000;
    private long _requests;
    private long _failed;

    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.ModelInferExecutor,
        Type = "api",
        Summary = "Answers the rows of data sets with a model behind an OpenAI-compatible server.",
        OptionsType = typeof(ApiInferenceOptions),
        Create = o => new ApiInference((ApiInferenceOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        using var server = new ChatServer(options.Server, context.Time, context.Logger);
        var rows = new RowAnswers(options, context, (messages, token) => AnswerAsync(server, messages, context, token));
        var result = await rows.RunAsync(cancellationToken);
        Count(server, rows, context);
        return result;
    }

    private async Task<AnsweredRows> AnswerAsync(
        ChatServer server, IReadOnlyList<JsonArray> messages, ComponentContext context, CancellationToken cancellationToken)
    {
        var answers = new ChatAnswer[messages.Count];
        await Parallel.ForAsync(
            0,
            messages.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
            async (i, token) => answers[i] = await AskAsync(server, messages[i], context.Logger, token));
        return new AnsweredRows(
            [.. answers.Select(a => JsonValue.Create(a.Text))], answers.Sum(a => a.PromptTokens), answers.Sum(a => a.CompletionTokens));
    }

    private async Task<ChatAnswer> AskAsync(ChatServer server, JsonArray messages, ILogger logger, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        try
        {
            return await server.AskAsync(messages, cancellationToken);
        }
        catch (JobFailedException e) when (options.SkipErrors)
        {
            Interlocked.Increment(ref _failed);
            LogSkipped(logger, e.Message);
            return new ChatAnswer(string.Empty, 0, 0);
        }
    }

    // Requests are those of this attempt; tokens and cost also those of answers kept from before.
    private void Count(ChatServer server, RowAnswers rows, ComponentContext context)
    {
        var cost = ((rows.PromptTokens * options.PromptTokenPrice) + (rows.CompletionTokens * options.CompletionTokenPrice)) / Million;
        var name = context.Job.WatchName;
        context.Watcher.Log(name + ".requests", _requests);
        context.Watcher.Log(name + ".retries", server.Retried);
        context.Watcher.Log(name + ".failed_requests", _failed);
        context.Watcher.Log(name + ".prompt_tokens", rows.PromptTokens);
        context.Watcher.Log(name + ".completion_tokens", rows.CompletionTokens);
        context.Watcher.Log(name + ".cost", cost);
        LogDone(context.Logger, _requests, server.Retried, rows.PromptTokens, rows.CompletionTokens, cost);
    }

    [LoggerMessage(3702, LogLevel.Warning, "A row gets an empty answer: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string reason);

    [LoggerMessage(3703, LogLevel.Information, "{Requests} questions answered, {Retries} repetitions; {PromptTokens} tokens sent, {CompletionTokens} received, cost {Cost}.")]
    private static partial void LogDone(ILogger logger, long requests, long retries, long promptTokens, long completionTokens, double cost);
}
