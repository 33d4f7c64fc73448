namespace Sandbox.Workflows.Reports.Sweeps;

/// <summary>The drawings of a sweep.</summary>
internal static class SweepSection
{
    private const int MostPairs = 3;

    public static void Add(Html html, SweepReport sweep)
    {
        if (sweep.Metrics.Count == 0)
        {
            html.Add($"<p class=\"note\">The sweep names no metric: nothing says which trial is better.</p>");
            return;
        }

        html.Add($"<div class=\"charts wide\">");
        for (var metric = 0; metric < sweep.Metrics.Count; metric++)
        {
            Figure(html, $"{sweep.Metrics[metric].Name} by trial", HistoryChart.Of(sweep, metric));
        }

        foreach (var (x, y) in Pairs(sweep.Metrics.Count).Take(MostPairs))
        {
            Figure(html, $"{sweep.Metrics[x].Name} against {sweep.Metrics[y].Name}", ParetoChart.Of(sweep, x, y));
        }

        if (sweep.Importance.Count > 0)
        {
            html.Add($"<figure><figcaption><h3>What matters for {sweep.Metrics[0].Name}</h3></figcaption>");
            ImportanceChart.Add(html, sweep);
            html.Add($"<p class=\"note\">Share of the metric's variation (in ranks) that goes with one parameter alone. The arrow says which ");
            html.Add($"way the metric goes where the parameter rises. What two parameters do together is not seen.</p></figure>");
        }

        html.Add($"</div>");
        if (sweep.Axes.Count > 0)
        {
            html.Add($"<figure class=\"parallel\"><figcaption><h3>All trials, parameter by parameter</h3></figcaption><div class=\"scroll\">");
            ParallelChart.Add(html, sweep);
            html.Add($"</div><p class=\"note\">A line a trial; it breaks where a parameter means nothing. Strong lines are the best tenth ");
            html.Add($"by {sweep.Metrics[0].Name}, the strongest the best one.</p></figure>");
        }
    }

    private static void Figure(Html html, string title, ScatterChart chart)
    {
        html.Add($"<figure><figcaption><h3>{title}</h3></figcaption>");
        chart.Add(html, title);
        if (chart.Outside > 0)
        {
            html.Add($"<p class=\"note\">{chart.Outside} far away and drawn at the edge.</p>");
        }

        html.Add($"</figure>");
    }

    private static IEnumerable<(int X, int Y)> Pairs(int count) =>
        Enumerable.Range(0, count).SelectMany(x => Enumerable.Range(x + 1, count - x - 1).Select(y => (x, y)));
}
