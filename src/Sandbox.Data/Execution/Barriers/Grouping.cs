using System.Runtime.CompilerServices;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Data.Datasets;
using Sandbox.Data.Operators;
using Sandbox.Data.Operators.Groupers;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution.Barriers;

/// <summary>Runs groupers. Rows wait in a scratch file until all have been seen; in memory is one group at a time.</summary>
internal sealed class Grouping(PlannedOperator barrier, RunTally tally, TimeProvider time)
{
    /// <summary>Makes a row of lists out of the rows of each group.</summary>
    public async IAsyncEnumerable<WorkBatch> TogetherAsync(
        IAsyncEnumerable<WorkBatch> batches, IGrouping grouping, string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var spill = new RowSpill(path);
        var started = time.GetTimestamp();
        var columns = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        await foreach (var batch in batches)
        {
            foreach (var row in batch.Rows)
            {
                grouping.Add(row);
                NoteColumns(row, columns);
            }

            await spill.AddAsync(batch.Rows, cancellationToken);
            batch.Dispose();
        }

        var groups = grouping.Groups();
        tally.SettleGroups(barrier.Slot, spill.Count, time.GetElapsedTime(started));
        foreach (var group in groups)
        {
            var rows = new List<Row>(group.Count);
            await foreach (var batch in spill.ReadAsync(group, cancellationToken))
            {
                rows.AddRange(batch.Rows);
            }

            yield return new WorkBatch { Rows = [RowLists.Together([.. columns.Keys], rows)] };
        }
    }

    /// <summary>Makes rows out of each row of lists, in order.</summary>
    public async IAsyncEnumerable<WorkBatch> ApartAsync(
        IAsyncEnumerable<WorkBatch> batches, ReverseGrouper grouper, IJobFiles files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var meta = grouper.MetaPath is { } path ? new AtomicFile(files.ResolveWrite(path)) : null;
        await foreach (var batch in batches)
        {
            using var lines = new PooledBuffer(1 << 12);
            var rows = new List<Row>();
            foreach (var row in batch.Rows)
            {
                rows.AddRange(Apart(row));
                if (row.Contains(ColumnNames.BatchMeta))
                {
                    RowWriter.WriteValue(row, ColumnNames.BatchMeta, lines);
                    lines.Write("\n"u8);
                }
            }

            await (meta?.WriteAsync(lines.Written, cancellationToken) ?? ValueTask.CompletedTask);
            tally.SettleGroups(barrier.Slot, batch.Rows.Count, TimeSpan.Zero);
            batch.Rows = rows;
            yield return batch;
        }

        await (meta?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
    }

    private IReadOnlyList<Row> Apart(Row row)
    {
        try
        {
            return RowLists.Apart(row);
        }
        catch (OperatorException e)
        {
            throw new JobFailedException($"operator {barrier.Descriptor.Name} (process[{barrier.Config.Position}]) cannot take {row} apart: {e.Message}.", e);
        }
    }

    private static void NoteColumns(Row row, OrderedDictionary<string, bool> columns)
    {
        foreach (ref readonly var field in row.FieldSpan)
        {
            columns.TryAdd(field.Name, true);
        }

        if (row.StatsOrNull is { Count: > 0 })
        {
            columns.TryAdd(ColumnNames.Stats, true);
        }
    }
}
