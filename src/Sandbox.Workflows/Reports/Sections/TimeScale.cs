namespace Sandbox.Workflows.Reports.Sections;

/// <summary>The time of the run, on which all bars stand. Places are shares of the width, so that the text beside them
/// keeps its size.</summary>
internal sealed class TimeScale
{
    private const double Room = 100;
    private readonly DateTimeOffset _start;
    private readonly double _seconds;
    private readonly DateTimeOffset _now;

    private TimeScale(DateTimeOffset start, DateTimeOffset end)
    {
        _start = start;
        _now = end;
        _seconds = Math.Max((end - start).TotalSeconds, 1e-3);
    }

    public static TimeScale Of(RunReport report)
    {
        var jobs = report.Pipelines.SelectMany(p => p.Jobs).ToList();
        var ends = jobs.Select(j => j.EndedAt).OfType<DateTimeOffset>().DefaultIfEmpty(report.StartedAt);
        var isRunning = report.EndedAt is null && jobs.Exists(j => j is { StartedAt: not null, EndedAt: null });
        var last = isRunning ? report.MadeAt : ends.Max();
        var first = jobs.Select(j => j.StartedAt).OfType<DateTimeOffset>().DefaultIfEmpty(report.StartedAt).Min();
        return new TimeScale(first, last);
    }

    public void AddLabels(Html html)
    {
        html.Add($"<svg class=\"scale\" width=\"100%\" height=\"16\" aria-hidden=\"true\">");
        foreach (var second in Ticks())
        {
            var anchor = second <= 0 ? "start" : "middle";
            html.Add($"<text class=\"tick\" x=\"{Place(second)}%\" y=\"12\" text-anchor=\"{anchor}\">{Label(second)}</text>");
        }

        html.Add($"</svg>");
    }

    public void AddBar(Html html, ReportJob job)
    {
        var start = job.StartedAt is { } began ? (began - _start).TotalSeconds : (double?)null;
        var end = job.EndedAt is { } ended ? (ended - _start).TotalSeconds : (_now - _start).TotalSeconds;
        var id = html.NextId();
        html.Add($"<svg width=\"100%\" height=\"18\" role=\"img\" aria-labelledby=\"{id}\"><title id=\"{id}\">{job.Name}: ");
        html.Add($"{(start is { } s ? $"from {Label(s)} to {Label(end)} after the start" : "not started")}</title>");
        foreach (var second in Ticks())
        {
            html.Add($"<line class=\"grid\" x1=\"{Place(second)}%\" x2=\"{Place(second)}%\" y1=\"0\" y2=\"18\"/>");
        }

        if (start is { } first)
        {
            var width = Math.Max(Place(end) - Place(first), 0.4);
            html.Add($"<rect class=\"span {StateMark.Kind(job.State)}\" x=\"{Place(first)}%\" width=\"{width}%\" y=\"4\" height=\"10\" rx=\"2\"/>");
        }

        html.Add($"</svg>");
    }

    // Minutes and hours part by 60: round seconds only below two minutes.
    private IEnumerable<double> Ticks()
    {
        var unit = _seconds switch { <= 120 => 1d, <= 7200 => 60d, <= 172_800 => 3600d, _ => 86_400d };
        return RoundNumbers.Ticks(0, _seconds / unit, 4).Select(t => t * unit).Where(t => t <= _seconds * 0.98);
    }

    private double Place(double second) => Math.Clamp(second / _seconds, 0, 1) * Room;

    private static string Label(double seconds) => seconds == 0 ? "0" : Figures.Show(TimeSpan.FromSeconds(seconds));
}
