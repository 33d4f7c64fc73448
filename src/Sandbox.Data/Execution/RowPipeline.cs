using System.Runtime.CompilerServices;
using Sandbox.Core.Components;
using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;
using Sandbox.Data.Execution.Barriers;
using Sandbox.Data.Execution.Resuming;
using Sandbox.Data.Execution.Tracing;
using Sandbox.Data.Operators.Deduplicators;
using Sandbox.Data.Operators.Groupers;
using Sandbox.Data.Operators.Selectors;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution;

/// <summary>
/// Leads rows through the stages of a plan. Reading, each stage, and whoever takes the result run at the same time and
/// hold a few batches each; only what a deduplicator or selector must remember grows with the data set.
/// </summary>
internal sealed class RowPipeline(
    Recipe recipe, RecipePlan plan, IJobFiles files, DataRunOptions options, RunTally tally, TraceFolder? folder, Checkpoints? checkpoints = null)
{
    private readonly StageWorker _worker = new(
        recipe.Settings, options.Time, recipe.Process.Any(o => o.Name == "suffix_filter"),
        readsLists: plan.Operators is [{ Descriptor.ReadsLists: true }, ..], folder);

    private readonly int _degree = options.DegreeFor(recipe.Settings.Np);

    /// <summary>The batches in order, written as asked for.</summary>
    /// <param name="data">The input.</param>
    /// <param name="shape">How rows are exported; null where they are not.</param>
    /// <param name="withStats">Whether the file of statistics is written.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async IAsyncEnumerable<WorkBatch> RunAsync(
        RecipeData data, RowShape? shape, bool withStats, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = plan.Stages.Count - 1;
        WorkBatch Work(WorkBatch batch, int stage)
        {
            _worker.Run(batch, plan.Stages[stage].RowWise);
            return stage == last ? StageWorker.Write(batch, shape, withStats) : batch;
        }

        var begin = checkpoints?.Begin() ?? 0;
        var batches = begin > 0 ? Settled(ParallelOrdered.SelectAsync(checkpoints!.ReadAsync(cancellationToken), batch => Work(batch, begin), _degree, cancellationToken))
            : data.IsSampled ? Settled(ParallelOrdered.SelectAsync(SampledAsync(data, cancellationToken), batch => Work(batch, 0), _degree, cancellationToken))
            : ReadAsync(data.Readers[0], batch => Work(batch, 0), cancellationToken);
        for (var i = begin + 1; i <= last; i++)
        {
            var stage = i;
            var before = plan.Stages[stage - 1].Barrier is { } barrier ? AfterBarrier(batches, barrier, stage, cancellationToken) : batches;
            before = checkpoints?.KeepAsync(before, stage, cancellationToken) ?? before;
            batches = Settled(ParallelOrdered.SelectAsync(before, batch => Work(batch, stage), _degree, cancellationToken));
        }

        await foreach (var batch in batches)
        {
            tally.RowsOut += batch.Rows.Count;
            yield return batch;
        }
    }

    private IAsyncEnumerable<WorkBatch> ReadAsync(DatasetReader reader, Func<WorkBatch, WorkBatch> work, CancellationToken cancellationToken) =>
        Admitted(ParallelOrdered.SelectAsync(
            reader.ReadBatchesAsync(cancellationToken), raw => work(_worker.Parse(raw)), _degree, cancellationToken));

    private async IAsyncEnumerable<WorkBatch> SampledAsync(RecipeData data, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < data.Readers.Count; i++)
        {
            using var rows = new RowSpill(files.Scratch(FormattableString.Invariant($"source-{i}.rows")));
            await foreach (var batch in ReadAsync(data.Readers[i], batch => batch, cancellationToken))
            {
                await rows.AddAsync(batch.Rows, cancellationToken);
                batch.Dispose();
            }

            tally.BytesBefore += data.Readers[i].TotalBytes;
            await foreach (var batch in rows.ReadAsync(data.Sample(i, rows.Count), cancellationToken))
            {
                yield return batch;
            }
        }
    }

    private async IAsyncEnumerable<WorkBatch> Admitted(IAsyncEnumerable<WorkBatch> batches)
    {
        await foreach (var batch in batches)
        {
            tally.Admit(batch);
            yield return batch;
        }
    }

    private async IAsyncEnumerable<WorkBatch> Settled(IAsyncEnumerable<WorkBatch> batches)
    {
        await foreach (var batch in batches)
        {
            tally.Settle(batch);
            yield return batch;
        }
    }

    private IAsyncEnumerable<WorkBatch> AfterBarrier(
        IAsyncEnumerable<WorkBatch> batches, PlannedOperator barrier, int stage, CancellationToken cancellationToken) => barrier.Operator switch
        {
            IDeduplicator deduplicator => Without(batches, barrier, deduplicator, stage, cancellationToken),
            ISelector selector => new Selecting(barrier, selector.Begin(ScratchFiles(stage)), tally, folder?.For(barrier.Slot), options.Time)
                .RunAsync(batches, files.Scratch(FormattableString.Invariant($"selector-{stage}.rows")), cancellationToken),
            IGrouper grouper => new Grouping(barrier, tally, options.Time)
                .TogetherAsync(batches, grouper.Begin(), files.Scratch(FormattableString.Invariant($"grouper-{stage}.rows")), cancellationToken),
            ReverseGrouper reverse => new Grouping(barrier, tally, options.Time).ApartAsync(batches, reverse, files, cancellationToken),
            _ => batches,
        };

    private Func<string> ScratchFiles(int stage)
    {
        var count = 0;
        return () => files.Scratch(FormattableString.Invariant($"selector-{stage}-{++count}.rows"));
    }

    private async IAsyncEnumerable<WorkBatch> Without(
        IAsyncEnumerable<WorkBatch> batches, PlannedOperator barrier, IDeduplicator deduplicator, int stage,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string Scratch(string name) => files.Scratch(FormattableString.Invariant($"{stage}-{name}"));
        using var pairs = folder?.For(barrier.Slot) is { } trace ? new DuplicatePairs(trace, Scratch("pairs.rows")) : null;
        var deduplicating = new Deduplicating(barrier, deduplicator, tally, pairs, options.KeysInMemory);
        await foreach (var batch in deduplicating.RunAsync(batches, Scratch, cancellationToken))
        {
            yield return batch;
        }

        await (pairs?.FinishAsync(cancellationToken) ?? Task.CompletedTask);
    }
}
