using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.Components.ChatServers;
using Sandbox.Components.ModelProbe;
using Sandbox.Components.Texts;
using Sandbox.Core.Components;
using Sandbox.Core.Hooks;
using Sandbox.Data.Rows;

namespace Sandbox.Components.ModelInferEvaluator;

/// <summary>Scores samples by a judge behind an OpenAI-compatible server: the first number in its answer. An answer without
/// a number leaves the sample without a score.</summary>
internal sealed partial class ApiJudge(ApiJudgeOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.ModelInferEvaluator,
        Type = "api",
        Summary = "Scores samples by a judge behind an OpenAI-compatible server.",
        OptionsType = typeof(ApiJudgeOptions),
        Create = o => new ApiJudge((ApiJudgeOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var settings = new ChatServerSettings(
            options.Model, options.ModelParams, null, null, options.SamplingParams, options.MaxRetryNum, TimeSpan.FromSeconds(1), 0);
        using var server = new ChatServer(settings, context.Time, context.Logger);
        var texts = new DatasetTexts(context, [options.DatasetPath], options.TextKey, options.MaxBadRows);
        return await ScoredSamples.WriteAsync(options.ResultPath, context, ScoreAsync(server, texts, cancellationToken), cancellationToken);
    }

    private async IAsyncEnumerable<ScoredSample> ScoreAsync(
        ChatServer server, DatasetTexts texts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in texts.ReadRowsAsync(cancellationToken).Chunk(options.Concurrency).WithCancellation(cancellationToken))
        {
            foreach (var sample in await Task.WhenAll(chunk.Select(c => JudgeAsync(server, c.Row, c.Text, cancellationToken))))
            {
                yield return sample;
            }
        }
    }

    private async Task<ScoredSample> JudgeAsync(ChatServer server, Row row, string text, CancellationToken cancellationToken)
    {
        var answer = await server.AskAsync(
            new JsonArray(
                new JsonObject { ["role"] = "system", ["content"] = options.SystemPrompt },
                new JsonObject { ["role"] = "user", ["content"] = options.PromptTemplate.Replace("{}", text, StringComparison.Ordinal) }),
            cancellationToken);
        var number = Number().Match(answer.Text);
        var score = number.Success ? double.Parse(number.Value, CultureInfo.InvariantCulture) : double.NaN;
        return new ScoredSample(row, score, new JsonObject { ["answer"] = answer.Text });
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
