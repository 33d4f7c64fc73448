using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;

namespace Sandbox.Components.DataConnectors;

/// <summary>
/// Converts a data set from the sandbox's format to the one that a training or inference program reads (upstream's
/// <c>data_connector</c>): keys renamed, rows streamed, in a durable step of the job.
/// </summary>
/// <param name="options">The format and keys that the program reads.</param>
/// <param name="remapping">From the key in the data to the key that the program reads.</param>
internal sealed class DataConnector(DataConnectorOptions options, IReadOnlyDictionary<string, string> remapping)
{
    /// <summary>Converts a data set and gives the file for the program, <c>NAME.FORMAT</c>.</summary>
    /// <param name="name">What the data are for, as <c>train_dataset</c>; names the step and the file.</param>
    /// <param name="paths">The data set as the user named it.</param>
    /// <param name="directory">Where the file goes; it must outlast whoever makes it.</param>
    /// <param name="context">The job.</param>
    /// <param name="cancellationToken">Ends the conversion; no half file is left.</param>
    /// <exception cref="JobFailedException">The data cannot be read, a row lacks a key, or there is no row.</exception>
    public async Task<string> ConvertAsync(
        string name, IReadOnlyList<string> paths, string directory, ComponentContext context, CancellationToken cancellationToken)
    {
        var target = Path.Combine(directory, $"{name}.{(options.Format == DataConnectorOptions.Text ? "txt" : options.Format)}");
        await context.Steps.RunAsync($"convert {name}", async token => await WriteAsync(target, paths, context, token), cancellationToken);
        if (!File.Exists(target))
        {
            await WriteAsync(target, paths, context, cancellationToken); // the step was recorded by an attempt whose directory is gone
        }

        return target;
    }

    private async Task<JsonNode?> WriteAsync(string target, IReadOnlyList<string> paths, ComponentContext context, CancellationToken cancellationToken)
    {
        var rows = 0L;
        await WholeFile.WriteAsync(target, async stream =>
        {
            await using var writer = RowFormat.Of(options, stream);
            var reader = new DataPoolReader(context, options.MaxBadRows);
            foreach (var path in paths)
            {
                await foreach (var row in reader.RowsAsync(path, cancellationToken))
                {
                    await writer.WriteAsync(Renamed(DataPool.ToJson(row), path, row.Number), $"{path}, row {row.Number}", cancellationToken);
                    rows++;
                }
            }

            if (rows == 0)
            {
                throw new JobFailedException($"{string.Join(", ", paths)}: there are no rows to convert, and a program cannot learn from none.");
            }
        });
        return new JsonObject { ["rows"] = rows, ["format"] = options.Format };
    }

    // As upstream renames columns: a key that is not there is passed over; one in the way of a new name is replaced.
    private JsonObject Renamed(JsonObject row, string path, long line)
    {
        var taken = remapping.Where(pair => row.ContainsKey(pair.Key)).Select(pair => pair.Value).ToHashSet(StringComparer.Ordinal);
        var renamed = new JsonObject();
        foreach (var (key, value) in row.ToList())
        {
            row.Remove(key);
            var name = remapping.GetValueOrDefault(key, key);
            if (remapping.ContainsKey(key) || !taken.Contains(key))
            {
                renamed[name] = value;
            }
        }

        if (options.Keys.Count == 0)
        {
            return renamed;
        }

        var chosen = new JsonObject();
        foreach (var key in options.Keys)
        {
            if (!renamed.TryGetPropertyValue(key, out var value))
            {
                throw new JobFailedException(FormattableString.Invariant($"{path}, row {line}: there is no \"{key}\", which the program reads. Name it with key_remapping, or take it out of data_connector.keys."));
            }

            renamed.Remove(key);
            chosen[key] = value;
        }

        return chosen;
    }
}
