namespace Sandbox.Tracking.Sinks;

/// <summary>Values that belong together: of one job, at one step, next to each other.</summary>
/// <param name="Prefix">What the names have in common before their last dot.</param>
/// <param name="Step">The step, or null.</param>
/// <param name="Time">When the first was measured.</param>
/// <param name="Values">Names and values.</param>
internal sealed record SinkRow(string Prefix, double? Step, DateTimeOffset Time, IReadOnlyList<(string Name, double Value)> Values)
{
    public string? JobId { get; init; }
}

/// <summary>Puts metrics together into rows.</summary>
internal static class SinkRows
{
    public static IEnumerable<SinkRow> Of(IEnumerable<TrackedMetric> metrics)
    {
        SinkRow? row = null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tracked in metrics)
        {
            var metric = tracked.Metric;
            if (row is not null && row.JobId == tracked.JobId && Nullable.Equals(row.Step, metric.Step) && names.Add(metric.Name))
            {
                row = row with { Values = [.. row.Values, (metric.Name, metric.Value)] };
                continue;
            }

            if (row is not null)
            {
                yield return row;
            }

            names = new HashSet<string>(StringComparer.Ordinal) { metric.Name };
            row = new SinkRow(Prefix(metric.Name), metric.Step, metric.Time, [(metric.Name, metric.Value)]) { JobId = tracked.JobId };
        }

        if (row is not null)
        {
            yield return row;
        }
    }

    private static string Prefix(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name;
}
