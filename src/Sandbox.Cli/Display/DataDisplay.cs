using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Data.Analysis;
using Sandbox.Data.Datasets;
using Sandbox.Data.Execution;

namespace Sandbox.Cli.Display;

/// <summary>What a processed or analysed data set came to.</summary>
internal static class DataDisplay
{
    public static void Show(RecipeResult result, CliConsole console, bool json)
    {
        if (json)
        {
            console.Json(new
            {
                kind = "processed",
                rowsIn = result.RowsIn,
                rowsWithoutText = result.RowsWithoutText,
                rowsOut = result.RowsOut,
                badRows = result.BadRowCount,
                firstBadRows = Texts(result.BadRows),
                exportPath = result.ExportPath,
                statsPath = result.StatsPath,
                bytesRead = result.BytesRead,
                seconds = result.Elapsed.TotalSeconds,
                operators = result.Operators.Select(Shape),
            });
            return;
        }

        var table = new TextTable("operator", "rows in", "dropped", "changed", "errors", "seconds");
        foreach (var op in result.Operators)
        {
            table.Row(op.Name, Whole(op.RowsIn), Whole(op.Dropped), Whole(op.Changed), Whole(op.Errors), Seconds(op.Elapsed));
        }

        table.Write(console);
        ShowBad(result.BadRows, result.BadRowCount, console);
        if (result.RowsOut == 0)
        {
            var most = result.Operators.MaxBy(o => o.Dropped);
            console.Error.WriteLine($"warning: no row is left. Most were dropped by {most?.Name ?? "nothing"} ({Whole(most?.Dropped ?? 0)}); look at its bounds.");
        }

        console.Output.WriteLine($"{Whole(result.RowsIn)} rows in, {Whole(result.RowsOut)} out, {Rate(result.RowsIn, result.BytesRead, result.Elapsed)}");
        console.Output.WriteLine(result.ExportPath);
    }

    public static void Show(AnalysisResult result, CliConsole console, bool json)
    {
        if (json)
        {
            console.Json(new
            {
                kind = "analyzed",
                rowsIn = result.RowsIn,
                rows = result.Rows,
                badRows = result.BadRowCount,
                firstBadRows = Texts(result.BadRows),
                statsPath = result.StatsPath,
                overallPath = result.OverallPath,
                seconds = result.Elapsed.TotalSeconds,
                statistics = result.Table.ToJson(),
                operators = result.Operators.Select(Shape),
            });
            return;
        }

        var table = new TextTable(["", .. result.Table.Columns]);
        foreach (var (name, row) in result.Table.Index.Zip(result.Table.Data))
        {
            table.Row([name, .. row.Select(v => (Cell)(double.IsNaN(v) ? string.Empty : v.ToString("G6", CultureInfo.InvariantCulture)))]);
        }

        table.Write(console);
        ShowBad(result.BadRows, result.BadRowCount, console);
        console.Output.WriteLine($"{Whole(result.RowsIn)} rows analysed in {Seconds(result.Elapsed)} s");
        console.Output.WriteLine(result.OverallPath);
    }

    private static object Shape(OperatorReport op) => new
    {
        name = op.Name,
        rowsIn = op.RowsIn,
        dropped = op.Dropped,
        changed = op.Changed,
        errors = op.Errors,
        firstErrors = op.FirstErrors,
        seconds = op.Elapsed.TotalSeconds,
    };

    private static IEnumerable<string> Texts(IEnumerable<BadRow> rows) => rows.Select(r => r.ToString());

    private static void ShowBad(IReadOnlyList<BadRow> rows, long count, CliConsole console)
    {
        foreach (var row in rows)
        {
            console.Error.WriteLine(row.ToString());
        }

        if (count > 0)
        {
            console.Error.WriteLine($"{Whole(count)} malformed row(s) left out.");
        }
    }

    private static string Rate(long rows, long bytes, TimeSpan elapsed)
    {
        var seconds = Math.Max(elapsed.TotalSeconds, 1e-3);
        return string.Create(
            CultureInfo.InvariantCulture, $"{seconds:0.00} s ({rows / seconds:0} rows/s, {bytes / seconds / 1e6:0.0} MB/s)");
    }

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
