using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;
using Sandbox.Data.Execution;

namespace Sandbox.Data.Analysis;

/// <summary>What an analysis found.</summary>
/// <param name="Table">The overall figures: a column a statistic; watch <see cref="StatisticsTable.ToJson"/>.</param>
/// <param name="Rows">Rows analysed.</param>
/// <param name="RowsIn">Rows read.</param>
/// <param name="BadRowCount">Malformed rows.</param>
/// <param name="BadRows">The first of them.</param>
/// <param name="Operators">What each filter measured.</param>
/// <param name="ExportPath">The export path as written; the file exists only with <c>export_original_dataset</c>.</param>
/// <param name="StatsPath">The statistics of every row, as written.</param>
/// <param name="OverallPath">The overall figures as CSV, as written; the same as Markdown stands beside it.</param>
/// <param name="ReportPath">The page with all figures, as written; the same as data stands beside it.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record AnalysisResult(
    StatisticsTable Table,
    long Rows,
    long RowsIn,
    long BadRowCount,
    IReadOnlyList<BadRow> BadRows,
    IReadOnlyList<OperatorReport> Operators,
    string ExportPath,
    string StatsPath,
    string OverallPath,
    string ReportPath,
    TimeSpan Elapsed);
