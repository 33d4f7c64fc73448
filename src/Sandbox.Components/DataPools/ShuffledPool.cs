using System.Collections;
using Sandbox.Core.Files;
using Sandbox.Core.Components;

namespace Sandbox.Components.DataPools;

/// <summary>Writes rows of a data pool in an order of their own.</summary>
internal static class ShuffledPool
{
    /// <summary>Reads the pool once and writes the chosen rows.</summary>
    /// <param name="pool">Path of the pool as configured.</param>
    /// <param name="rows">Rows in the pool.</param>
    /// <param name="order">Index of the row to write first, second, …; a row may come again.</param>
    /// <param name="output">Path of the result as configured.</param>
    /// <param name="reader">Reads the pool.</param>
    /// <param name="files">The files of the job.</param>
    /// <param name="cancellationToken">Stops the work; no half-written result stays.</param>
    public static async Task WriteAsync(
        string pool, int rows, ReadOnlyMemory<int> order, string output, DataPoolReader reader, IJobFiles files, CancellationToken cancellationToken)
    {
        var lines = reader.LinesAsync(pool, cancellationToken);
        using var spill = await RowSpill.CreateAsync(
            lines, rows, Wanted(order.Span, rows), files.Scratch("rows.spill"), cancellationToken);
        await WholeFile.WriteAsync(files.ResolveWrite(output), async target =>
        {
            for (var i = 0; i < order.Length; i++)
            {
                await spill.WriteAsync(order.Span[i], target, cancellationToken);
            }
        });
    }

    private static BitArray Wanted(ReadOnlySpan<int> order, int rows)
    {
        var wanted = new BitArray(rows);
        foreach (var row in order)
        {
            wanted[row] = true;
        }

        return wanted;
    }
}
