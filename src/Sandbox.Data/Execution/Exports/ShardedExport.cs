using Sandbox.Core.Components;
using Sandbox.Core.Recipes;

namespace Sandbox.Data.Execution.Exports;

/// <summary>Several files of about the same number of rows. How many, the size of all rows in memory tells, so that rows
/// wait in a scratch file; of a remainder the first files get a row more each.</summary>
internal sealed class ShardedExport(ExportTarget target, IJobFiles files, RecipeSettings settings) : IExport
{
    private readonly ScratchLines _lines = new(files.Scratch("export.lines"));
    private long _rows;
    private double _bytes;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        foreach (var line in JsonLines.Of(lines))
        {
            _rows++;
            _bytes += ColumnarSize.Of(line.Span);
        }

        await _lines.AddAsync(lines, cancellationToken);
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        var count = (int)Math.Max(1, Math.Min((long)(_bytes / settings.ExportShardSize) + 1, _rows));
        var parts = new List<IExport>();
        try
        {
            await FillAsync(parts, count, cancellationToken);

            // All are written before the first appears.
            foreach (var part in parts)
            {
                await part.CommitAsync(cancellationToken);
            }
        }
        finally
        {
            foreach (var part in parts)
            {
                await part.DisposeAsync();
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task FillAsync(List<IExport> parts, int count, CancellationToken cancellationToken)
    {
        var left = 0L;
        await foreach (var batch in _lines.ReadAsync(cancellationToken))
        {
            for (var at = 0; at < batch.Rows.Count;)
            {
                if (left == 0)
                {
                    left = (_rows / count) + (parts.Count < _rows % count ? 1 : 0);
                    parts.Add(Open(parts.Count, count));
                }

                var taken = (int)Math.Min(left, batch.Rows.Count - at);
                var (first, last) = (batch.Rows[at], batch.Rows[at + taken - 1]);
                await parts[^1].WriteAsync(batch.Buffer[first.Start..(last.Start + last.Length + 1)], cancellationToken);
                (at, left) = (at + taken, left - taken);
            }
        }

        while (parts.Count < count)
        {
            parts.Add(Open(parts.Count, count));
        }
    }

    private IExport Open(int index, int count) => ExportFiles.Whole(
        target, files.ResolveWrite(target.Part(index, count)), files.Scratch(FormattableString.Invariant($"export-{index}.rows")), settings.TextKeys[0]);
}
