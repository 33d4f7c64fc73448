namespace Sandbox.Workflows.Reports.Distributions;

/// <summary>The distributions of one analysis, or of two that are compared.</summary>
/// <param name="Title">Which pipeline or data.</param>
/// <param name="Before">What the first set is called, as in <c>raw</c>.</param>
/// <param name="After">What the second set is called; null where there is only one.</param>
/// <param name="Items">The statistics in alphabetical order.</param>
public sealed record DistributionGroup(string Title, string Before, string? After, IReadOnlyList<Distribution> Items)
{
    /// <summary>Lines that could not be read, over both files.</summary>
    public long BrokenLines { get; init; }
}

/// <summary>The distribution of one statistic.</summary>
/// <param name="Name">The statistic, as in <c>text_len</c>.</param>
/// <param name="Before">Figures of the first set.</param>
/// <param name="After">Figures of the second set; null where there is only one.</param>
public abstract record Distribution(string Name, StatisticSummary Before, StatisticSummary? After);

/// <summary>The distribution of numbers over common bins.</summary>
/// <param name="Name">The statistic.</param>
/// <param name="Before">Figures of the first set.</param>
/// <param name="After">Figures of the second set.</param>
/// <param name="Edges">The bins' edges, one more than bins. A bin holds its lower edge, the last one both.</param>
/// <param name="BeforeCounts">Values a bin in the first set.</param>
/// <param name="AfterCounts">Values a bin in the second set.</param>
public sealed record Histogram(
    string Name,
    StatisticSummary Before,
    StatisticSummary? After,
    IReadOnlyList<double> Edges,
    IReadOnlyList<long> BeforeCounts,
    IReadOnlyList<long>? AfterCounts) : Distribution(Name, Before, After)
{
    /// <summary>Values below the first edge, over both sets; they are in no bin.</summary>
    public long Below { get; init; }

    /// <summary>Values above the last edge, over both sets; they are in no bin.</summary>
    public long Above { get; init; }
}

/// <summary>The distribution of texts.</summary>
/// <param name="Name">The statistic.</param>
/// <param name="Before">Figures of the first set.</param>
/// <param name="After">Figures of the second set.</param>
/// <param name="Categories">The most frequent texts with their counts, the most frequent first.</param>
/// <param name="Others">How many more there are.</param>
public sealed record CategoryCounts(
    string Name,
    StatisticSummary Before,
    StatisticSummary? After,
    IReadOnlyList<CategoryCount> Categories,
    int Others) : Distribution(Name, Before, After);

/// <summary>How often a text came.</summary>
public sealed record CategoryCount(string Category, long Before, long After);

/// <summary>Figures of a statistic in one set.</summary>
/// <param name="Count">Values.</param>
/// <param name="Missing">Rows without a value, or whose value is not finite.</param>
/// <param name="Mean">Mean; NaN for texts and without values.</param>
/// <param name="StandardDeviation">Standard deviation of the sample (n − 1); NaN for fewer than two values.</param>
/// <param name="Min">Smallest value; NaN without values.</param>
/// <param name="Max">Greatest value; NaN without values.</param>
public sealed record StatisticSummary(
    long Count, long Missing, double Mean, double StandardDeviation, double Min, double Max);
