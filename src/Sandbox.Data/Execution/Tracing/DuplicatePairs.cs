using System.Text.Json.Nodes;
using Sandbox.Data.Execution.Barriers;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution.Tracing;

/// <summary>Finds the first two rows of each key for the trace of a deduplicator. All rows go to a scratch file for it.</summary>
internal sealed class DuplicatePairs(OperatorTrace trace, string scratch) : IDisposable
{
    private readonly RowSpill _rows = new(scratch);
    private readonly Dictionary<UInt128, int> _first = [];
    private readonly HashSet<UInt128> _told = [];
    private readonly List<(int First, JsonObject Second)> _pairs = [];

    /// <summary>Takes note of the next row.</summary>
    public void See(Row row, UInt128? key)
    {
        if (_pairs.Count >= trace.Wanted || key is not { } known)
        {
            return;
        }

        if (_first.TryAdd(known, _rows.Count))
        {
            _rows.Add(row);
        }
        else if (_told.Add(known))
        {
            _pairs.Add((_first[known], OperatorTrace.Whole(row)));
        }
    }

    /// <summary>Hands the pairs over.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var (first, second) in _pairs)
        {
            await foreach (var batch in _rows.ReadAsync([first], cancellationToken))
            {
                trace.Take(OperatorTrace.Pair(OperatorTrace.Whole(batch.Rows[0]), second));
            }
        }
    }

    public void Dispose() => _rows.Dispose();
}
