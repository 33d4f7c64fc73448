using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sandbox.Data.Execution.Tracing;

/// <summary>Something that an operator did to a row, as a run recorded it.</summary>
/// <param name="Row">The row of the input, from 1.</param>
/// <param name="Position">The operator's place in the recipe, from 0.</param>
/// <param name="Kind"><c>dropped</c>, <c>changed</c> or <c>error</c>.</param>
/// <param name="Message">What the operator failed on; null otherwise.</param>
public sealed record RecordedEvent(long Row, int Position, string Kind, string? Message);

/// <summary>Reads the scratch file <c>trace.jsonl</c> of a recipe's run.</summary>
public static class RecordedTrace
{
    /// <summary>What happened, in the order of recording; a line that a crash cut off is passed over.</summary>
    public static async IAsyncEnumerable<RecordedEvent> ReadAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
        {
            if (Parse(line) is { } found)
            {
                yield return found;
            }
        }
    }

    private static RecordedEvent? Parse(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            return new RecordedEvent(
                root.GetProperty("row").GetInt64(),
                root.GetProperty("op").GetInt32(),
                root.GetProperty("kind").GetString()!,
                root.TryGetProperty("message", out var message) ? message.GetString() : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
