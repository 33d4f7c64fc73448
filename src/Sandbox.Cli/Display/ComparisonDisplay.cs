using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Workflows.Comparisons;

namespace Sandbox.Cli.Display;

/// <summary>Prints comparisons of runs.</summary>
internal static class ComparisonDisplay
{
    private const int BarWidth = 10;

    public static void Show(RunComparison comparison, CliConsole console, bool all)
    {
        var labels = comparison.Runs.Select(r => r.Label).ToList();
        var runs = new TextTable("run", "name", "state", "started", "took");
        foreach (var run in comparison.Runs)
        {
            runs.Row(run.Label, run.Name, new Cell(run.State, Colours.OfState(run.State)), run.StartedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Took(run.Took));
        }

        runs.Write(console);
        console.Output.WriteLine();
        if (comparison.Settings.Count == 0)
        {
            console.Output.WriteLine("Settings: the same in all runs.");
        }
        else
        {
            var settings = new TextTable(["setting", .. labels]);
            foreach (var setting in comparison.Settings)
            {
                settings.Row([setting.Name, .. setting.Values.Select(v => (Cell)(v ?? "-"))]);
            }

            settings.Write(console);
        }

        ShowNumbers("result", comparison.Results, labels, console, all);
        ShowNumbers("metric", comparison.Metrics, labels, console, all);
    }

    public static void Json(RunComparison comparison, CliConsole console, bool all)
    {
        foreach (var run in comparison.Runs)
        {
            console.Json(new { kind = "run", id = run.Id, label = run.Label, name = run.Name, state = run.State, startedAt = run.StartedAt, seconds = run.Took?.TotalSeconds });
        }

        foreach (var setting in comparison.Settings)
        {
            console.Json(new { kind = "setting", name = setting.Name, values = setting.Values });
        }

        foreach (var (kind, number) in comparison.Results.Select(r => ("result", r)).Concat(comparison.Metrics.Select(m => ("metric", m))).Where(n => all || n.Item2.Differs))
        {
            console.Json(new { kind, name = number.Name, values = number.Values, changes = number.Values.Select((_, i) => number.Change(i)) });
        }
    }

    private static void ShowNumbers(string heading, IReadOnlyList<ComparedNumber> numbers, List<string> labels, CliConsole console, bool all)
    {
        var shown = numbers.Where(n => all || n.Differs).ToList();
        if (shown.Count == 0)
        {
            return;
        }

        console.Output.WriteLine();
        var most = shown.Max(n => Enumerable.Range(1, labels.Count - 1).Max(i => Math.Abs(n.Change(i) ?? 0)));
        var table = new TextTable([heading, .. labels.SelectMany((l, i) => i == 0 ? new[] { l } : [l, "change", string.Empty])]);
        foreach (var number in shown)
        {
            table.Row([number.Name, .. number.Values.SelectMany((v, i) => i == 0
                ? new Cell[] { Number(v) }
                : [Number(v), number.Change(i)?.ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture) ?? string.Empty, Bar(number.Change(i), most)])]);
        }

        table.Write(console);
    }

    // To the left less, to the right more; the longest bar is the largest change, at most the double.
    private static string Bar(double? change, double most)
    {
        if (change is not { } share || most <= 0)
        {
            return string.Empty;
        }

        var length = (int)Math.Round(Math.Min(1, Math.Abs(share) / Math.Min(most, 1)) * BarWidth);
        var bar = new string('█', Math.Clamp(length, 0, BarWidth));
        return share < 0 ? bar.PadLeft(BarWidth) + "│" : new string(' ', BarWidth) + "│" + bar;
    }

    private static string Took(TimeSpan? took) => took is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s") : "-";

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "-";
}
