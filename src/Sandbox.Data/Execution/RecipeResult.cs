using Sandbox.Data.Datasets;

namespace Sandbox.Data.Execution;

/// <summary>What became of a data set.</summary>
/// <param name="RowsIn">Rows read, malformed ones and those without text among them.</param>
/// <param name="RowsWithoutText">Rows dropped on loading because their text is null or missing.</param>
/// <param name="RowsOut">Rows written.</param>
/// <param name="BadRowCount">Malformed rows.</param>
/// <param name="BadRows">The first of them.</param>
/// <param name="Operators">What each operator did, in the order of the recipe.</param>
/// <param name="ExportPath">The export path as written.</param>
/// <param name="StatsPath">The file of statistics beside it, as written; null where no operator measures.</param>
/// <param name="BytesRead">Bytes read.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record RecipeResult(
    long RowsIn,
    long RowsWithoutText,
    long RowsOut,
    long BadRowCount,
    IReadOnlyList<BadRow> BadRows,
    IReadOnlyList<OperatorReport> Operators,
    string ExportPath,
    string? StatsPath,
    long BytesRead,
    TimeSpan Elapsed);

/// <summary>What an operator did.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Its place in the recipe, from 0.</param>
/// <param name="RowsIn">Rows that reached it.</param>
/// <param name="Dropped">Rows that it dropped.</param>
/// <param name="Changed">Rows that it changed.</param>
/// <param name="Errors">Rows that it failed on, and that were kept as they were.</param>
/// <param name="FirstErrors">The first of these: row and reason.</param>
/// <param name="Elapsed">Time spent in it, summed over threads.</param>
public sealed record OperatorReport(
    string Name, int Position, long RowsIn, long Dropped, long Changed, long Errors, IReadOnlyList<string> FirstErrors, TimeSpan Elapsed);
