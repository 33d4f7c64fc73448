using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Data.Execution.Tracing;
using Sandbox.Data.Operators;
using Sandbox.Data.Operators.Selectors;

namespace Sandbox.Data.Execution.Barriers;

/// <summary>Runs a selector: rows wait in a scratch file until all have been seen; in memory stay their keys.</summary>
/// <param name="barrier">The operator.</param>
/// <param name="selection">Its choice.</param>
/// <param name="tally">Told what is dropped.</param>
/// <param name="trace">Takes the first rows that are dropped; null where that is off.</param>
/// <param name="time">The clock.</param>
internal sealed class Selecting(PlannedOperator barrier, ISelection selection, RunTally tally, OperatorTrace? trace, TimeProvider time)
{
    public async IAsyncEnumerable<WorkBatch> RunAsync(
        IAsyncEnumerable<WorkBatch> batches, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var spill = new RowSpill(path);
        using var held = selection as IDisposable;
        var started = time.GetTimestamp();
        await foreach (var batch in batches)
        {
            Add(batch);
            await spill.AddAsync(batch.Rows, cancellationToken);
            batch.Dispose();
        }

        var chosen = selection.Choose() ?? [.. Enumerable.Range(0, spill.Count)];
        tally.SettleSelection(barrier.Slot, spill.Count, NotIn(chosen, spill).Select(spill.NumberOf), time.GetElapsedTime(started));
        await TraceAsync(chosen, spill, cancellationToken);
        await foreach (var batch in spill.ReadAsync(chosen, cancellationToken))
        {
            yield return batch;
        }
    }

    private void Add(WorkBatch batch)
    {
        foreach (var row in batch.Rows)
        {
            try
            {
                selection.Add(row);
            }
            catch (Exception e) when (e is OperatorException or ArgumentException)
            {
                throw new JobFailedException($"operator {barrier.Descriptor.Name} (process[{barrier.Config.Position}]) cannot place {row}: {e.Message}.", e);
            }
        }
    }

    private async Task TraceAsync(IReadOnlyList<int> chosen, RowSpill spill, CancellationToken cancellationToken)
    {
        if (trace is not null && selection is IDuplicateSelection duplicates)
        {
            foreach (var (kept, leftOut) in duplicates.Pairs(trace.Wanted))
            {
                var rows = await RowsAsync(spill, [kept, leftOut], cancellationToken);
                trace.Take(OperatorTrace.Pair(rows[0], rows[1]));
            }
        }
        else if (trace is not null)
        {
            (await RowsAsync(spill, NotIn(chosen, spill).Take(trace.Wanted), cancellationToken)).ForEach(trace.Take);
        }
    }

    private static async Task<List<JsonObject>> RowsAsync(RowSpill spill, IEnumerable<int> indices, CancellationToken cancellationToken)
    {
        var rows = new List<JsonObject>();
        await foreach (var batch in spill.ReadAsync(indices, cancellationToken))
        {
            rows.AddRange(batch.Rows.Select(OperatorTrace.Whole));
        }

        return rows;
    }

    private static IEnumerable<int> NotIn(IReadOnlyList<int> chosen, RowSpill spill)
    {
        var isChosen = new System.Collections.BitArray(spill.Count);
        foreach (var index in chosen)
        {
            isChosen[index] = true;
        }

        return Enumerable.Range(0, spill.Count).Where(i => !isChosen[i]);
    }
}
