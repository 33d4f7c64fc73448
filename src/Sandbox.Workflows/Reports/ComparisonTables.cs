using System.Globalization;
using Sandbox.Core.Tracking;

namespace Sandbox.Workflows.Reports;

/// <summary>Tables of a comparison over seeds: every value, then the gains with their spread.</summary>
internal static class ComparisonTables
{
    public static IEnumerable<ReportTable> Of(ModelComparison comparison)
    {
        var repetitions = comparison.Groups.Max(g => g.Values.Count);
        var best = comparison.LowerIsBetter ? comparison.Groups.Min(g => g.Mean) : comparison.Groups.Max(g => g.Mean);
        yield return new ReportTable(
            comparison.Metric,
            ["group", .. Enumerable.Range(1, repetitions).Select(i => i.ToString(CultureInfo.InvariantCulture)), "mean", "std"],
            [.. comparison.Groups.Select(g => (IReadOnlyList<ReportCell>)
                [g.Name, .. g.Values.Select(v => (ReportCell)v), new ReportCell { Number = g.Mean, IsBest = g.Mean == best }, g.StandardDeviation])])
        {
            Note = $"One column a repetition (seed). {(comparison.LowerIsBetter ? "Lower" : "Higher")} is better.",
        };
        yield return new ReportTable(
            $"Gain of {comparison.Candidate} in {comparison.Metric}",
            ["over", .. Enumerable.Range(1, repetitions).Select(i => i.ToString(CultureInfo.InvariantCulture)), "mean", "std", "above the spread"],
            [.. comparison.Gains.Select(g => (IReadOnlyList<ReportCell>)
                [g.Baseline, .. g.Values.Select(v => (ReportCell)v), g.Mean, g.StandardDeviation, g.IsAboveSpread ? "yes" : "no"])])
        {
            Note = "Positive is better. Above the spread: every repetition gains, and the mean gain is larger than its own "
                + "standard deviation and than that of the group it is held against.",
        };
    }
}
