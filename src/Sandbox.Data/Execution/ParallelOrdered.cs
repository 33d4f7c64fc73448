using System.Runtime.CompilerServices;

namespace Sandbox.Data.Execution;

/// <summary>Works on several items at a time and gives the results in the order of the items. Never more than
/// <c>degree</c> items are held.</summary>
internal static class ParallelOrdered
{
    public static async IAsyncEnumerable<TResult> SelectAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items, Func<TItem, TResult> work, int degree, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = new Queue<Task<TResult>>(degree);
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken))
            {
                if (running.Count == degree)
                {
                    yield return await running.Dequeue();
                }

                running.Enqueue(Task.Run(() => work(item), cancellationToken));
            }

            while (running.Count > 0)
            {
                yield return await running.Dequeue();
            }
        }
        finally
        {
            // Whoever stops early leaves no work behind that still uses the rows.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
