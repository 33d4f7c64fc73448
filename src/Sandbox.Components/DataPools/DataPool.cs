using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Data.Datasets;
using Sandbox.Data.Rows;

namespace Sandbox.Components.DataPools;

/// <summary>Reads a data pool as upstream's components do: all rows, whatever their columns, in file order.</summary>
internal static class DataPool
{
    /// <summary>How rows are written: letters of all scripts stay readable.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The rows as JSON, statistics of an analysis among their fields.</summary>
    /// <exception cref="JobFailedException">The pool cannot be read, or a row is malformed.</exception>
    public static async IAsyncEnumerable<JsonObject> ReadAsync(
        string path, ComponentContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in DatasetReader.Open([path], context.Files).ReadAsync(cancellationToken: cancellationToken))
        {
            yield return ToJson(row);
        }
    }

    /// <summary>A row as JSON, statistics of an analysis among its fields.</summary>
    public static JsonObject ToJson(Row row)
    {
        var json = row.ToJson();
        if (row.Stats.Count > 0)
        {
            json[ColumnNames.Stats] = row.Stats.ToJson();
        }

        return json;
    }

    /// <summary>The rows as lines, each with its end.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        string path, ComponentContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in ReadAsync(path, context, cancellationToken))
        {
            yield return Encoding.UTF8.GetBytes(row.ToJsonString(Json) + "\n");
        }
    }

    /// <summary>How many rows there are.</summary>
    public static async Task<int> CountAsync(string path, ComponentContext context, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in DatasetReader.Open([path], context.Files).ReadAsync(cancellationToken: cancellationToken))
        {
            count++;
        }

        return count;
    }
}
