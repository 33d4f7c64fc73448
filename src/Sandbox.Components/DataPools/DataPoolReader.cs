using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Data.Datasets;
using Sandbox.Data.Rows;

namespace Sandbox.Components.DataPools;

/// <summary>
/// Reads the data pools of a job, each as often as need be. Malformed rows are passed over and counted, and fail the job once
/// a pool has more than the user puts up with; the job's log and its metric <c>bad_rows</c> tell of them once.
/// </summary>
/// <param name="context">The job.</param>
/// <param name="maxBadRows">How many are put up with in each pool: a number, or a share of its rows when below 1.</param>
internal sealed class DataPoolReader(ComponentContext context, double maxBadRows)
{
    private readonly Dictionary<string, long> _bad = new(StringComparer.Ordinal);

    /// <summary>Malformed rows of a pool that was read to its end.</summary>
    public long BadRowsOf(string path) => _bad.GetValueOrDefault(path);

    /// <summary>The rows in file order; their numbers count malformed ones, too.</summary>
    /// <exception cref="JobFailedException">The pool cannot be read, or too many rows are malformed.</exception>
    public async IAsyncEnumerable<Row> RowsAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (bad, good) = (new BadRowLimit(maxBadRows), 0L);
        await foreach (var row in DatasetReader.Open([path], context.Files).ReadAsync(bad.Add, cancellationToken))
        {
            good++;
            yield return row;
        }

        bad.Conclude(good + bad.Count);
        Tell(path, bad);
    }

    /// <summary>The rows as JSON, statistics of an analysis among their fields.</summary>
    public async IAsyncEnumerable<JsonObject> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(path, cancellationToken))
        {
            yield return DataPool.ToJson(row);
        }
    }

    /// <summary>The rows as lines, each with its end.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(path, cancellationToken))
        {
            yield return Encoding.UTF8.GetBytes(DataPool.ToJson(row).ToJsonString(DataPool.Json) + "\n");
        }
    }

    /// <summary>How many rows there are, malformed ones aside.</summary>
    public async Task<int> CountAsync(string path, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in RowsAsync(path, cancellationToken))
        {
            count++;
        }

        return count;
    }

    private void Tell(string path, BadRowLimit bad)
    {
        if (_bad.TryAdd(path, bad.Count) && bad.Count > 0)
        {
            RowLog.BadRows(context.Logger, bad.First, bad.Count);
            context.Watcher.Log(context.Job.WatchName + ".bad_rows", _bad.Values.Sum());
        }
    }
}
