using System.Runtime.CompilerServices;
using Sandbox.Core.Faults;
using Sandbox.Data.Operators;
using Sandbox.Data.Operators.Selectors;

namespace Sandbox.Data.Execution.Barriers;

/// <summary>Runs a selector: rows wait in a scratch file until all have been seen; in memory stay their keys.</summary>
internal sealed class Selecting(PlannedOperator barrier, ISelection selection, RunTally tally, TimeProvider time)
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
        tally.SettleSelection(barrier.Slot, spill.Count, NotIn(chosen, spill), time.GetElapsedTime(started));
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

    private static IEnumerable<long> NotIn(IReadOnlyList<int> chosen, RowSpill spill)
    {
        var isChosen = new System.Collections.BitArray(spill.Count);
        foreach (var index in chosen)
        {
            isChosen[index] = true;
        }

        return Enumerable.Range(0, spill.Count).Where(i => !isChosen[i]).Select(spill.NumberOf);
    }
}
