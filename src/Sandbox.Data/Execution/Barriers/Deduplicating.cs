using System.Runtime.CompilerServices;
using Sandbox.Data.Execution.Tracing;
using Sandbox.Data.Operators.Deduplicators;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution.Barriers;

/// <summary>
/// Drops rows with the key of an earlier one. Rows pass by while the keys fit into memory; beyond that the rest waits in a
/// scratch file, the keys go to files by their first bits, and one of these is looked at at a time.
/// </summary>
/// <param name="barrier">The operator.</param>
/// <param name="deduplicator">The same.</param>
/// <param name="tally">Told what is dropped.</param>
/// <param name="pairs">Collects duplicates for the trace; null where it is off.</param>
/// <param name="keysInMemory">How many keys are held.</param>
internal sealed class Deduplicating(PlannedOperator barrier, IDeduplicator deduplicator, RunTally tally, DuplicatePairs? pairs, int keysInMemory)
{
    /// <summary>Keys that are held where nothing else is asked for: about 100 MB.</summary>
    public const int DefaultKeysInMemory = 3_000_000;

    private readonly HashSet<UInt128> _seen = [];

    public async IAsyncEnumerable<WorkBatch> RunAsync(
        IAsyncEnumerable<WorkBatch> batches, Func<string, string> scratch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var rest = new LazySpill(scratch("deduplicator.rows"));
        using var keys = new KeyPartitions(scratch("deduplicator.keys"));
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            if (_seen.Count >= keysInMemory)
            {
                batch.Rows.ForEach(row => keys.Add(deduplicator.KeyOf(row)));
                await rest.Rows.AddAsync(batch.Rows, cancellationToken);
                batch.Dispose();
                continue;
            }

            DropSeen(batch);
            tally.Settle(batch);
            yield return batch;
        }

        if (keys.Count > 0)
        {
            var isDuplicate = keys.FindDuplicates(_seen);
            var kept = Enumerable.Range(0, rest.Rows.Count).Where(i => !isDuplicate[i]);
            tally.SettleSelection(barrier.Slot, 0, Enumerable.Range(0, rest.Rows.Count).Where(i => isDuplicate[i]).Select(rest.Rows.NumberOf), TimeSpan.Zero);
            await foreach (var batch in rest.Rows.ReadAsync(kept, cancellationToken))
            {
                yield return batch;
            }
        }
    }

    private void DropSeen(WorkBatch batch)
    {
        var kept = new List<Row>(batch.Rows.Count);
        foreach (var row in batch.Rows)
        {
            var key = deduplicator.KeyOf(row);
            pairs?.See(row, key);
            if (key is not { } known || _seen.Add(known))
            {
                kept.Add(row);
            }
            else
            {
                batch.Events.Add(new TraceEvent(row, barrier.Slot, TraceKind.Dropped));
            }
        }

        batch.Tallies[barrier.Slot] = new OperatorTally { Dropped = batch.Rows.Count - kept.Count };
        batch.Rows = kept;
    }

    private sealed class LazySpill(string path) : IDisposable
    {
        private RowSpill? _rows;

        public RowSpill Rows => _rows ??= new RowSpill(path);

        public void Dispose() => _rows?.Dispose();
    }
}
