using Sandbox.Core.Components;
using Sandbox.Data.Analysis.Figures;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Analysis;

/// <summary>All statistics of all rows.</summary>
internal sealed class StatisticColumns(IJobFiles files) : IDisposable
{
    private readonly Dictionary<string, StatisticColumn> _columns = new(StringComparer.Ordinal);
    private int _files;

    public void Add(RowStats stats)
    {
        foreach (var (name, value) in stats.AsSet)
        {
            if (!_columns.TryGetValue(name, out var column))
            {
                _columns[name] = column = new StatisticColumn(name, NewPath);
            }

            column.Add(value);
        }
    }

    /// <summary>The figures, in ordinal order of their names; before <see cref="Describe"/>.</summary>
    public IReadOnlyList<ColumnFigure> ToFigures() => [.. _columns.Values.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => c.ToFigure())];

    /// <summary>The table; columns in ordinal order of their names, as upstream's.</summary>
    public OverallTable Describe(IReadOnlyList<double> percentiles)
    {
        var ordered = _columns.Values.OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        return new OverallTable([.. ordered.Select(c => c.Name)], [.. ordered.Select(c => c.Describe(percentiles))]);
    }

    public void Dispose()
    {
        foreach (var column in _columns.Values)
        {
            column.Dispose();
        }
    }

    private string NewPath() => files.Scratch(FormattableString.Invariant($"analysis-{_files++}.numbers"));
}
