using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.ModelInfer.Prompts;

/// <summary>Answers to some rows, and what they cost.</summary>
internal sealed record AnsweredRows(IReadOnlyList<JsonNode?> Answers, long PromptTokens = 0, long CompletionTokens = 0);

/// <summary>Lets a model answer the rows of data sets. Some rows at a time are a durable step: their answers are kept, so
/// that a restart or a retry goes on in the middle of a file and asks nothing twice.</summary>
/// <param name="options">What to read and to write.</param>
/// <param name="context">The job.</param>
/// <param name="answer">Answers some rows, in their order: for each the result, which goes into the row.</param>
internal sealed class RowAnswers(
    LlmInferOptions options, ComponentContext context, Func<IReadOnlyList<JsonArray>, CancellationToken, Task<AnsweredRows>> answer)
{
    /// <summary>Rows answered so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Tokens sent for them, also by attempts before this one.</summary>
    public long PromptTokens { get; private set; }

    /// <summary>Tokens received.</summary>
    public long CompletionTokens { get; private set; }

    /// <summary>Answers all data sets and gives the paths of the results.</summary>
    public async Task<HookResult> RunAsync(CancellationToken cancellationToken)
    {
        var sources = DataPoolPaths.Existing(options.DatasetPath, context);
        var outputs = DataPoolPaths.Outputs(options.ExportPath, sources, "_inference");
        foreach (var (source, output) in sources.Zip(outputs))
        {
            await WholeFile.WriteAsync(context.Files.ResolveWrite(output), file => AnswerAsync(source, file, cancellationToken));
        }

        return HookResult.One(new JsonArray([.. outputs.Select(o => JsonValue.Create(o))]));
    }

    private async Task AnswerAsync(string source, Stream file, CancellationToken cancellationToken)
    {
        var first = 1L;
        await foreach (var rows in ChunksAsync(source, cancellationToken))
        {
            var messages = rows.Select((row, i) => Messages(row, source, first + i)).ToList();
            var last = first + rows.Count - 1;
            var step = await context.Steps.RunAsync(
                FormattableString.Invariant($"{options.Model ?? "model"}: {source}, rows {first} to {last}"),
                async token => Kept(await answer(messages, token)),
                cancellationToken);
            PromptTokens += (long)step!["prompt_tokens"]!;
            CompletionTokens += (long)step["completion_tokens"]!;
            foreach (var (row, result) in rows.Zip(step["answers"]!.AsArray()))
            {
                row[options.InferResKey] = result?.DeepClone();
                await file.WriteAsync(Encoding.UTF8.GetBytes(row.ToJsonString(DataPool.Json) + "\n"), cancellationToken);
            }

            Rows += rows.Count;
            context.Progress.Report(new JobProgress(Rows, null, "rows", source));
            first = last + 1;
        }
    }

    private static JsonObject Kept(AnsweredRows answered) => new()
    {
        ["answers"] = new JsonArray([.. answered.Answers]),
        ["prompt_tokens"] = answered.PromptTokens,
        ["completion_tokens"] = answered.CompletionTokens,
    };

    private JsonArray Messages(JsonObject row, string source, long number)
    {
        try
        {
            return MessageBuilders.Build(options.BuildMessagesFunc, row, options.FuncKwargs);
        }
        catch (JobFailedException e)
        {
            throw new JobFailedException(FormattableString.Invariant($"{source}, row {number}: {e.Message}"), e);
        }
    }

    private async IAsyncEnumerable<List<JsonObject>> ChunksAsync(string source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunk = new List<JsonObject>(options.CheckpointRows);
        await foreach (var row in DataPool.ReadAsync(source, context, cancellationToken))
        {
            chunk.Add(row);
            if (chunk.Count == options.CheckpointRows)
            {
                yield return chunk;
                chunk = new List<JsonObject>(options.CheckpointRows);
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
