using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;

namespace Sandbox.Components.DataPools;

/// <summary>Reads a data pool as upstream's components do: all rows, whatever their columns, in file order.</summary>
internal static class DataPool
{
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
