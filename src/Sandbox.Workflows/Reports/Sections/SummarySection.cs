using System.Globalization;

namespace Sandbox.Workflows.Reports.Sections;

/// <summary>What ran, how it ended, and what there is to say about it at once.</summary>
internal static class SummarySection
{
    public static void Add(Html html, RunReport report)
    {
        html.Add($"<header><p class=\"kind\">Sandbox run</p><h1>{report.Name} ");
        StateMark.Add(html, report.State);
        html.Add($"</h1><dl class=\"facts\">");
        Fact(html, "Run", report.RunId);
        Fact(html, "Started", Figures.Show(report.StartedAt));
        Fact(html, "Ended", Figures.Show(report.EndedAt));
        Fact(html, "Took", report.EndedAt is { } end ? Figures.Show(end - report.StartedAt) : "–");
        Fact(html, "Jobs", Jobs(report));
        Fact(html, "Version", report.Version);
        Fact(html, "Config", report.Config);
        html.Add($"</dl>");
        if (report.Failure is { } failure)
        {
            html.Add($"<div class=\"callout failed\" role=\"note\"><b>Why it failed</b><pre>{failure}</pre></div>");
        }

        if (report.Warnings.Count > 0)
        {
            html.Add($"<div class=\"callout warned\" role=\"note\"><b>Warnings</b><ul>");
            foreach (var warning in report.Warnings)
            {
                html.Add($"<li>{warning}</li>");
            }

            html.Add($"</ul></div>");
        }

        html.Add($"</header>");
    }

    private static void Fact(Html html, string name, string? value)
    {
        if (value is not null)
        {
            html.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");
        }
    }

    private static string Jobs(RunReport report)
    {
        var states = report.Pipelines.SelectMany(p => p.Jobs).GroupBy(j => j.State, StringComparer.Ordinal)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}"));
        return string.Join(", ", states) is { Length: > 0 } text ? text : "none";
    }
}

/// <summary>A state with a sign of its own, so that colour alone says nothing.</summary>
internal static class StateMark
{
    public static void Add(Html html, string state)
    {
        var (kind, sign) = Of(state);
        html.Add($"<span class=\"state {kind}\"><span aria-hidden=\"true\">{sign}</span> {state}</span>");
    }

    /// <summary>The style class of a state.</summary>
    public static string Kind(string state) => Of(state).Kind;

    private static (string Kind, string Sign) Of(string state) => state switch
    {
        "finished" => ("good", "✓"),
        "failed" => ("bad", "✕"),
        "running" => ("busy", "▸"),
        "cancelled" => ("bad", "⊘"),
        "interrupted" or "paused" or "suspended" => ("waiting", "‖"),
        _ => ("idle", "○"),
    };
}
