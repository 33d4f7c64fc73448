using Sandbox.Core.Files;
using System.Text;
using Sandbox.Workflows.Reports.Sections;

namespace Sandbox.Workflows.Reports;

/// <summary>The report of a run as one HTML file: no network, no script; light and dark, on screen and on paper.</summary>
public static class HtmlReport
{
    /// <summary>The whole file.</summary>
    public static string Render(RunReport report)
    {
        var html = new Html();
        html.Add($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">");
        // Nothing in the report may load or run anything, whatever a name in it looks like.
        html.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        html.Add($"<title>{report.Name} – {report.State} – {report.RunId}</title>");
        ReportStyle.AddTo(html);
        html.Add($"</head><body><main>");
        SummarySection.Add(html, report);
        var parts = Parts(report).Where(p => p.IsThere).ToList();
        AddContents(html, parts);
        foreach (var part in parts)
        {
            html.Add($"<section id=\"{part.Id}\"><h2>{part.Title}</h2>");
            part.Add(html);
            html.Add($"</section>");
        }

        html.Add($"<footer>Made {Figures.Show(report.MadeAt)} by Sandbox.Workflows {report.Version}.</footer></main></body></html>\n");
        return html.ToString();
    }

    /// <summary>Writes the file: first under a temporary name beside it, then renamed.</summary>
    public static Task WriteAsync(string path, RunReport report, CancellationToken cancellationToken) =>
        WholeFile.WriteTextAsync(path, Render(report), cancellationToken);

    private static IEnumerable<Part> Parts(RunReport report) =>
    [
        new("result", "Result", report.Summary.Count > 0, html => TableSection.Add(html, report.Summary)),
        new("pipeline", report.Pipelines.Count == 1 ? "Pipeline" : "Pipelines", report.Pipelines.Count > 0, html => TimelineSection.Add(html, report)),
        new("distributions", "Distributions", report.Distributions.Count > 0, html => ChartSection.AddDistributions(html, report.Distributions)),
        new("changes", "Recipe changes", report.Changes.Count > 0, html => TableSection.AddChanges(html, report.Changes)),
        new("curves", "Training curves", report.Curves.Count > 0, html => ChartSection.AddCurves(html, report.Curves)),
        new("evaluation", "Evaluation", report.Evaluations.Count > 0, html => TableSection.Add(html, report.Evaluations)),
        new("configuration", "Configuration", report.Configurations.Count > 0, html => AddTexts(html, report.Configurations)),
        new("environment", "Environment", report.Environment.Count > 0, html => TableSection.AddFacts(html, report.Environment)),
    ];

    private static void AddContents(Html html, IReadOnlyList<Part> parts)
    {
        html.Add($"<nav aria-label=\"Contents\">");
        foreach (var part in parts)
        {
            html.Add($"<a href=\"#{part.Id}\">{part.Title}</a>");
        }

        html.Add($"</nav>");
    }

    private static void AddTexts(Html html, IReadOnlyList<ReportText> texts)
    {
        foreach (var text in texts)
        {
            html.Add($"<details><summary>{text.Title}</summary><pre tabindex=\"0\">{text.Text}</pre></details>");
        }
    }

    private sealed record Part(string Id, string Title, bool IsThere, Action<Html> Add);
}
