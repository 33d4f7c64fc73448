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
    /// <param name="context">The job.</param>
    /// <param name="cancellationToken">Stops the work; no half-written result stays.</param>
    public static async Task WriteAsync(
        string pool, int rows, ReadOnlyMemory<int> order, string output, ComponentContext context, CancellationToken cancellationToken)
    {
        var lines = DataPool.LinesAsync(pool, context, cancellationToken);
        using var spill = await RowSpill.CreateAsync(
            lines, rows, Wanted(order.Span, rows), context.Files.Scratch("rows.spill"), cancellationToken);
        await WholeFile.WriteAsync(context.Files.ResolveWrite(output), async target =>
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
