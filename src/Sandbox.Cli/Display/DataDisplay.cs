using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Core.Components;
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
            console.Json(new { kind = "processed", result });
            return;
        }

        var table = Tables.Of("operator", "rows in", "dropped", "changed", "errors", "seconds");
        foreach (var op in result.Operators)
        {
            table.Row(op.Name, Whole(op.RowsIn), Whole(op.Dropped), Whole(op.Changed), Whole(op.Errors), Seconds(op.Elapsed));
        }

        console.Ansi.Write(table);
        ShowBad(result.BadRows, result.BadRowCount, console);
        console.Output.WriteLine(
            $"{Whole(result.RowsIn)} rows in, {Whole(result.RowsOut)} out{(result.RowsOut == 0 ? " (nothing is left)" : string.Empty)}, {Rate(result.RowsIn, result.BytesRead, result.Elapsed)}");
        console.Output.WriteLine(result.ExportPath);
    }

    public static void Show(AnalysisResult result, CliConsole console, bool json)
    {
        if (json)
        {
            console.Json(new { kind = "analyzed", result });
            return;
        }

        var table = Tables.Of(["", .. result.Table.Columns]);
        foreach (var (name, row) in result.Table.Index.Zip(result.Table.Data))
        {
            table.Row([name, .. row.Select(v => double.IsNaN(v) ? string.Empty : v.ToString("G6", CultureInfo.InvariantCulture))]);
        }

        console.Ansi.Write(table);
        ShowBad(result.BadRows, result.BadRowCount, console);
        console.Output.WriteLine($"{Whole(result.RowsIn)} rows analysed in {Seconds(result.Elapsed)} s");
        console.Output.WriteLine(result.OverallPath);
    }

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

/// <summary>Progress of a data command: a line every few seconds on standard error.</summary>
internal sealed class DataProgress(CliConsole console, bool json) : IProgress<JobProgress>, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private long _last = TimeProvider.System.GetTimestamp();
    private bool _shown;

    public void Report(JobProgress value)
    {
        lock (_gate)
        {
            if (TimeProvider.System.GetElapsedTime(_last) < Every)
            {
                return;
            }

            _last = TimeProvider.System.GetTimestamp();
            if (json)
            {
                console.Json(new { kind = "progress", value });
                return;
            }

            var percent = value.Total is > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{value.Done / value.Total.Value:P0} ") : string.Empty;
            console.Error.Write(console.IsTerminal ? $"\r{percent}{value.Text}\u001b[K" : $"{percent}{value.Text}\n");
            _shown = true;
        }
    }

    public void Dispose()
    {
        if (_shown && console.IsTerminal && !json)
        {
            console.Error.Write("\r\u001b[K");
        }
    }
}
