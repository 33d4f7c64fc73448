using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Core.Faults;
using Sandbox.Data.Operators;
using Sandbox.Data.Operators.Selectors;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution;

/// <summary>Runs a selector: rows wait in a scratch file until all have been seen; in memory stay their keys and places.</summary>
internal sealed class Selecting(PlannedOperator barrier, ISelection selection, RunTally tally, TimeProvider time)
{
    private const int BatchBytes = 80_000;
    private readonly List<(long Offset, long Number)> _places = [];

    public async IAsyncEnumerable<WorkBatch> RunAsync(
        IAsyncEnumerable<WorkBatch> batches, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var spill = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var started = time.GetTimestamp();
        var end = 0L;
        await foreach (var batch in batches)
        {
            end = await SpillAsync(batch, spill, end, cancellationToken);
        }

        var chosen = selection.Choose() ?? [.. Enumerable.Range(0, _places.Count)];
        tally.SettleSelection(barrier.Slot, _places.Count, NotIn(chosen), time.GetElapsedTime(started));
        await foreach (var batch in ReadAsync(chosen, spill, end, cancellationToken))
        {
            yield return batch;
        }
    }

    private async Task<long> SpillAsync(WorkBatch batch, SafeFileHandle spill, long end, CancellationToken cancellationToken)
    {
        using var writer = new RowWriter(1 << 16);
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

            _places.Add((end + writer.Written.Length, row.Number));
            writer.Write(row, RowShape.Full);
        }

        await RandomAccess.WriteAsync(spill, writer.Written, end, cancellationToken);
        return end + writer.Written.Length;
    }

    private IEnumerable<long> NotIn(IReadOnlyList<int> chosen)
    {
        var isChosen = new bool[_places.Count];
        foreach (var index in chosen)
        {
            isChosen[index] = true;
        }

        return _places.Where((_, i) => !isChosen[i]).Select(p => p.Number);
    }

    private async IAsyncEnumerable<WorkBatch> ReadAsync(
        IReadOnlyList<int> chosen, SafeFileHandle spill, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var parser = new RowParser();
        var (batch, bytes) = (new WorkBatch(), 0);
        foreach (var index in chosen)
        {
            var next = index + 1 < _places.Count ? _places[index + 1].Offset : end;
            var buffer = new byte[next - _places[index].Offset];
            await RandomAccess.ReadAsync(spill, buffer, _places[index].Offset, cancellationToken);
            var row = parser.Parse(buffer).Row ?? throw new JobFailedException("the scratch file of a selector was changed while it was in use.");
            row.Number = _places[index].Number;
            batch.Rows.Add(row);
            bytes += buffer.Length;
            if (bytes >= BatchBytes)
            {
                yield return batch;
                (batch, bytes) = (new WorkBatch(), 0);
            }
        }

        if (batch.Rows.Count > 0)
        {
            yield return batch;
        }
    }
}
