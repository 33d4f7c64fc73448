using System.Runtime.CompilerServices;
using Sandbox.Core.Components;
using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;
using Sandbox.Data.Operators.Deduplicators;
using Sandbox.Data.Operators.Groupers;
using Sandbox.Data.Operators.Selectors;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Execution;

/// <summary>
/// Leads rows through the stages of a plan. Reading, each stage, and whoever takes the result run at the same time and
/// hold a few batches each; only what a deduplicator or selector must remember grows with the data set.
/// </summary>
internal sealed class RowPipeline(Recipe recipe, RecipePlan plan, IJobFiles files, DataRunOptions options, RunTally tally)
{
    private readonly StageWorker _worker = new(
        recipe.Settings, options.Time, recipe.Process.Any(o => o.Name == "suffix_filter"),
        readsLists: plan.Operators is [{ Descriptor.ReadsLists: true }, ..]);
    private readonly int _degree = options.DegreeFor(recipe.Settings.Np);

    /// <summary>The batches in order, written as asked for.</summary>
    /// <param name="reader">The input.</param>
    /// <param name="shape">How rows are exported; null where they are not.</param>
    /// <param name="withStats">Whether the file of statistics is written.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public async IAsyncEnumerable<WorkBatch> RunAsync(
        DatasetReader reader, RowShape? shape, bool withStats, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = plan.Stages.Count - 1;
        WorkBatch Work(WorkBatch batch, int stage)
        {
            _worker.Run(batch, plan.Stages[stage].RowWise);
            return stage == last ? StageWorker.Write(batch, shape, withStats) : batch;
        }

        var batches = Admitted(ParallelOrdered.SelectAsync(
            reader.ReadBatchesAsync(cancellationToken), raw => Work(_worker.Parse(raw), 0), _degree, cancellationToken));
        for (var i = 1; i <= last; i++)
        {
            var stage = i;
            batches = Settled(ParallelOrdered.SelectAsync(
                AfterBarrier(batches, plan.Stages[stage - 1].Barrier!, stage, cancellationToken), batch => Work(batch, stage), _degree, cancellationToken));
        }

        await foreach (var batch in batches)
        {
            tally.RowsOut += batch.Rows.Count;
            yield return batch;
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
            IDeduplicator deduplicator => WithoutDuplicates(batches, barrier, deduplicator.Begin()),
            ISelector selector => new Selecting(barrier, selector.Begin(ScratchFiles(stage)), tally, options.Time)
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

    private async IAsyncEnumerable<WorkBatch> WithoutDuplicates(IAsyncEnumerable<WorkBatch> batches, PlannedOperator barrier, IDuplicates seen)
    {
        await foreach (var batch in batches)
        {
            var kept = new List<Row>(batch.Rows.Count);
            foreach (var row in batch.Rows)
            {
                if (seen.IsDuplicate(row))
                {
                    batch.Events.Add(new TraceEvent(row, barrier.Slot, TraceKind.Dropped));
                }
                else
                {
                    kept.Add(row);
                }
            }

            batch.Tallies[barrier.Slot] = new OperatorTally { Dropped = batch.Rows.Count - kept.Count };
            batch.Rows = kept;
            tally.Settle(batch);
            yield return batch;
        }
    }
}
