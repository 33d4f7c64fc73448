using System.Text.Json.Nodes;
using Sandbox.Data.Execution;

namespace Sandbox.Components.DataExecutor;

/// <summary>What became of the rows, as it is watched: <c>rows_in</c>, <c>rows_out</c> and, for each operator by position
/// and name, what reached it and what it did.</summary>
internal static class ProcessReport
{
    public static JsonObject Of(RecipeResult result) => new()
    {
        ["_type"] = "process",
        ["rows_in"] = result.RowsIn,
        ["rows_without_text"] = result.RowsWithoutText,
        ["rows_out"] = result.RowsOut,
        ["bad_rows"] = result.BadRowCount,
        ["bytes_read"] = result.BytesRead,
        ["seconds"] = result.Elapsed.TotalSeconds,
        ["operators"] = new JsonObject(result.Operators.Select(o => KeyValuePair.Create(
            FormattableString.Invariant($"{o.Position}_{o.Name}"), (JsonNode?)Of(o)))),
    };

    private static JsonObject Of(OperatorReport report) => new()
    {
        ["rows_in"] = report.RowsIn,
        ["dropped"] = report.Dropped,
        ["changed"] = report.Changed,
        ["errors"] = report.Errors,
        ["seconds"] = report.Elapsed.TotalSeconds,
    };
}
