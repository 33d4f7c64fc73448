using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.ChatServers;
using Sandbox.Components.Python;

namespace Sandbox.Components.DataExecutor.PromptOptimisation;

/// <summary>Makes better prompts out of those of a batch: shows a model some of them, takes what it answers as a further
/// example, and lets go of the oldest.</summary>
internal sealed partial class PromptOptimiser(OptimizePromptOptions options, ChatServer server, ILogger logger)
{
    private readonly Random _random = new(options.Seed);

    /// <summary>The rows of a batch with new ones behind them, or the new ones alone.</summary>
    public async Task<IReadOnlyList<JsonObject>> RunAsync(IReadOnlyList<JsonObject> batch, CancellationToken cancellationToken)
    {
        if (!batch[0].ContainsKey(options.PromptKey))
        {
            LogNoPrompt(logger, options.PromptKey);
            return batch;
        }

        var prompts = batch.Select(r => PythonText.Str(r[options.PromptKey])).ToArray();
        _random.Shuffle(prompts);
        var examples = new Queue<string>(prompts.Take(options.MaxExampleNum));
        List<JsonObject> rows = options.KeepOriginalSample ? [.. batch] : [];
        for (var i = 0; i < options.GenNum; i++)
        {
            if (await NewPromptAsync(examples, cancellationToken) is not { } prompt)
            {
                continue;
            }

            examples.Enqueue(prompt);
            if (examples.Count > options.MaxExampleNum)
            {
                examples.Dequeue();
            }

            // Other fields are those of the first row, as upstream's.
            var row = (JsonObject)batch[0].DeepClone();
            row[options.PromptKey] = prompt;
            rows.Add(row);
        }

        return rows;
    }

    private async Task<string?> NewPromptAsync(IEnumerable<string> examples, CancellationToken cancellationToken)
    {
        var shown = string.Concat(examples.Select(e => Fill(options.Example, Fill(options.Prompt, e))));
        var messages = new JsonArray(
            new JsonObject { ["role"] = "system", ["content"] = options.System },
            new JsonObject { ["role"] = "user", ["content"] = Fill(options.Input, shown) });
        for (var attempt = 1; attempt <= options.RetryNum; attempt++)
        {
            var answer = await server.AskAsync(messages, cancellationToken);
            if (options.Output.Match(answer.Text) is { Success: true } match && match.Groups[1].Value.Trim() is { Length: > 0 } prompt)
            {
                return prompt;
            }

            LogNothingFound(logger, attempt, options.RetryNum);
        }

        return null;
    }

    private static string Fill(string template, string value) => template.Replace("{}", value, StringComparison.Ordinal);

    [LoggerMessage(3711, LogLevel.Warning, "The rows have no field \"{Key}\": no prompt is made.")]
    private static partial void LogNoPrompt(ILogger logger, string key);

    [LoggerMessage(3712, LogLevel.Warning, "No prompt was found in the answer ({Attempt} of {Most} attempts).")]
    private static partial void LogNothingFound(ILogger logger, int attempt, int most);
}
