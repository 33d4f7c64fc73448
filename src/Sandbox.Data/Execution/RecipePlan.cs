using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Operators;
using Sandbox.Data.Operators.Deduplicators;
using Sandbox.Data.Operators.Groupers;
using Sandbox.Data.Operators.Selectors;

namespace Sandbox.Data.Execution;

/// <summary>An operator at its place in the recipe.</summary>
internal sealed record PlannedOperator(int Slot, OperatorConfig Config, OperatorDescriptor Descriptor, IOperator Operator);

/// <summary>Neighbouring row-wise operators, run in one pass and in parallel, and what follows them in the order of the
/// rows; that is null behind the last, and where there is only a checkpoint.</summary>
internal sealed record PlanStage(IReadOnlyList<PlannedOperator> RowWise, PlannedOperator? Barrier);

/// <summary>A recipe, cut into stages.</summary>
internal sealed record RecipePlan(IReadOnlyList<PlannedOperator> Operators, IReadOnlyList<PlanStage> Stages)
{
    /// <summary>Makes the operators.</summary>
    /// <exception cref="FaultException">An operator is unknown, missing or wrongly configured.</exception>
    public static RecipePlan Of(Recipe recipe)
    {
        var faults = new List<OptionFault>();
        var operators = new List<PlannedOperator>();
        foreach (var config in recipe.Process)
        {
            if (OperatorRegistry.Check(config, faults) is { } known)
            {
                var textKey = ((OperatorOptions)known.Options).TextKey ?? recipe.Settings.TextKeys[0];
                operators.Add(new PlannedOperator(operators.Count, config, known.Descriptor, known.Descriptor.Create!(known.Options, textKey)));
            }
        }

        return faults.Count == 0
            ? new RecipePlan(operators, Cut(operators, recipe.Settings.UseCheckpoint))
            : throw new FaultException([.. faults.Select(f => new Fault(null, $"{f.Key}: {f.Message}"))]);
    }

    /// <summary>Only the filters, which measure and drop nothing.</summary>
    public RecipePlan Measuring()
    {
        var filters = Operators.Where(o => o.Operator is Filter)
            .Select((o, slot) => o with { Slot = slot, Operator = new MeasureOnly((Filter)o.Operator) })
            .ToList();
        return new RecipePlan(filters, Cut(filters, eachAlone: false));
    }

    // A checkpoint stands between two stages.
    private static List<PlanStage> Cut(IReadOnlyList<PlannedOperator> operators, bool eachAlone)
    {
        var stages = new List<PlanStage>();
        var rowWise = new List<PlannedOperator>();
        foreach (var planned in operators)
        {
            // A deduplicator is both: its hash is part of the pass, its decision needs the order.
            if (planned.Operator is IRowOperator or IRowSplitter)
            {
                rowWise.Add(planned);
            }

            if (planned.Operator is IDeduplicator or ISelector or IGrouper or ReverseGrouper)
            {
                stages.Add(new PlanStage([.. rowWise], planned));
                rowWise.Clear();
            }
            else if (eachAlone)
            {
                stages.Add(new PlanStage([.. rowWise], null));
                rowWise.Clear();
            }
        }

        stages.Add(new PlanStage([.. rowWise], null));
        return stages;
    }

    private sealed class MeasureOnly(Filter filter) : IRowOperator
    {
        public RowOutcome Run(Rows.Row row)
        {
            filter.Measure(row);
            return RowOutcome.Kept;
        }
    }
}
