using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;

namespace Sandbox.Components.DataPools;

/// <summary>Reads a data pool as upstream's components do: all rows, whatever their columns, in file order.</summary>
internal static class DataPool
{
    /// <summary>How rows are written: letters of all scripts stay readable.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The rows as JSON.</summary>
    public static async IAsyncEnumerable<JsonObject> ReadAsync(
        string path, ComponentContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(context.Files.ResolveRead(path), cancellationToken))
        {
            number++;
            if (line.AsSpan().Trim().Length > 0)
            {
                yield return Parse(line, path, number);
            }
        }
    }

    /// <summary>The rows as lines, each with its end.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        string path, ComponentContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in File.ReadLinesAsync(context.Files.ResolveRead(path), cancellationToken))
        {
            if (line.AsSpan().Trim().Length > 0)
            {
                yield return Encoding.UTF8.GetBytes(line + "\n");
            }
        }
    }

    /// <summary>How many rows there are.</summary>
    public static async Task<int> CountAsync(string path, ComponentContext context, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in LinesAsync(path, context, cancellationToken))
        {
            count++;
        }

        return count;
    }

    private static JsonObject Parse(string line, string path, int number)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject ?? throw new JobFailedException($"{path}:{number}: a row must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw new JobFailedException($"{path}:{number}: {e.Message}", e);
        }
    }
}
