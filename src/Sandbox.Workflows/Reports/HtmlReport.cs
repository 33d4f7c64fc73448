using Sandbox.Core.Files;
using Sandbox.Workflows.Reports.Sections;
using Sandbox.Workflows.Reports.Sweeps;

namespace Sandbox.Workflows.Reports;

/// <summary>The report of a run as one HTML file: no network, no script; light and dark, on screen and on paper.</summary>
public static class HtmlReport
{
    /// <summary>The whole file.</summary>
    public static string Render(RunReport report) => HtmlPage.Render(
        $"{report.Name} – {report.State} – {report.RunId}", html => SummarySection.Add(html, report), Parts(report),
        $"Made {Figures.Show(report.MadeAt)} by Sandbox.Workflows {report.Version}.");

    /// <summary>Writes the file: first under a temporary name beside it, then renamed.</summary>
    public static Task WriteAsync(string path, RunReport report, CancellationToken cancellationToken) =>
        WholeFile.WriteTextAsync(path, Render(report), cancellationToken);

    private static IEnumerable<HtmlPart> Parts(RunReport report) =>
    [
        new("result", "Result", report.Summary.Count > 0, html => TableSection.Add(html, report.Summary)),
        new("sweep", "Sweep", report.Sweep is not null, html => SweepSection.Add(html, report.Sweep!)),
        new("trials", "Trials", report.Sweep is not null, html => TrialsSection.Add(html, report.Sweep!)),
        new("pipeline", report.Pipelines.Count == 1 ? "Pipeline" : "Pipelines", report.Pipelines.Count > 0, html => TimelineSection.Add(html, report)),
        new("distributions", "Distributions", report.Distributions.Count > 0, html => ChartSection.AddDistributions(html, report.Distributions)),
        new("changes", "Recipe changes", report.Changes.Count > 0, html => TableSection.AddChanges(html, report.Changes)),
        new("curves", "Training curves", report.Curves.Count > 0, html => ChartSection.AddCurves(html, report.Curves)),
        new("evaluation", "Evaluation", report.Evaluations.Count > 0, html => TableSection.Add(html, report.Evaluations)),
        new("configuration", "Configuration", report.Configurations.Count > 0, html => AddTexts(html, report.Configurations)),
        new("environment", "Environment", report.Environment.Count > 0, html => TableSection.AddFacts(html, report.Environment)),
    ];

    private static void AddTexts(Html html, IReadOnlyList<ReportText> texts)
    {
        foreach (var text in texts)
        {
            html.Add($"<details><summary>{text.Title}</summary><pre tabindex=\"0\">{text.Text}</pre></details>");
        }
    }
}
