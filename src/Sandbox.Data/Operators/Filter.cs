using Sandbox.Data.Rows;
using Sandbox.Data.Text;

namespace Sandbox.Data.Operators;

/// <summary>Measures a row, then keeps or drops it by what was measured.</summary>
internal abstract class Filter : IRowOperator
{
    /// <summary>Adds the statistics that are not there yet.</summary>
    public abstract void Measure(Row row);

    /// <summary>Decides by the statistics.</summary>
    public abstract bool Keep(Row row);

    public virtual RowOutcome Run(Row row)
    {
        Measure(row);
        return Keep(row) ? RowOutcome.Kept : RowOutcome.Dropped;
    }
}

/// <summary>Keeps rows whose statistic of the text lies within bounds.</summary>
internal sealed class TextFilter(string textKey, string statistic, ValueRange range, Func<TextView, StatValue> compute) : Filter
{
    public override void Measure(Row row) => Value(row);

    public override bool Keep(Row row) => range.Keeps(Value(row).AsDouble);

    public override RowOutcome Run(Row row) => Keep(row) ? RowOutcome.Kept : RowOutcome.Dropped;

    private StatValue Value(Row row)
    {
        if (row.Stats.Find(statistic) is { } known)
        {
            return known;
        }

        var value = compute(TextField.Of(row, textKey));
        row.Stats.AddNew(statistic, value);
        return value;
    }
}

/// <summary>The text that an operator works on.</summary>
internal static class TextField
{
    public static TextView Of(Row row, string textKey) =>
        row.View(textKey) ?? throw new OperatorException($"field \"{textKey}\" holds no text");
}

/// <summary>
/// The bounds of a filter. With <paramref name="Reversed"/> both ends are first flipped between open and closed and the
/// outcome is negated, so that the end points are kept either way. NaN lies in no range: it is dropped, and kept where
/// reversed; both as upstream.
/// </summary>
internal sealed record ValueRange(double? Min, double? Max, bool MinClosed = true, bool MaxClosed = true, bool Reversed = false)
{
    public static ValueRange Of(FilterOptions options)
    {
        var range = (IRangeOptions)options;
        return new ValueRange(range.Minimum, range.Maximum, options.MinClosed, options.MaxClosed, options.Reversed);
    }

    public bool Keeps(double value)
    {
        var minClosed = MinClosed != Reversed;
        var maxClosed = MaxClosed != Reversed;
        var inside = (Min is not { } min || (minClosed ? value >= min : value > min))
            && (Max is not { } max || (maxClosed ? value <= max : value < max));
        return inside != Reversed;
    }
}
