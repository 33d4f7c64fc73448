using System.Globalization;
using Sandbox.Testing;
using Sandbox.Workflows.Reports.Distributions;

namespace Sandbox.Workflows.Tests.Reports;

public sealed class DistributionBuilderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("distributions-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [ReferenceFact("upstream-runs/data-juicer/out/sandbox-k-sigma/data")]
    public async Task Count_mean_std_and_range_are_those_of_the_real_program()
    {
        var data = Reference.Find("upstream-runs/data-juicer/out/sandbox-k-sigma/data")!;
        var group = await Build(Path.Combine(data, "iter_1", "result_stats.jsonl"));
        var rows = File.ReadLines(Path.Combine(data, "analysis", "overall.csv")).Select(l => l.Split(',')).ToList();
        double Cell(string row, string column) => double.Parse(rows.First(r => r[0] == row)[Array.IndexOf(rows[0], column)], CultureInfo.InvariantCulture);

        foreach (var item in group.Items.OfType<Histogram>())
        {
            ((double)item.Before.Count).ShouldBe(Cell("count", item.Name));
            item.Before.Mean.ShouldBe(Cell("mean", item.Name), Math.Abs(Cell("mean", item.Name)) * 1e-8);
            item.Before.StandardDeviation.ShouldBe(Cell("std", item.Name), Cell("std", item.Name) * 1e-7);
            item.Before.Min.ShouldBe(Cell("min", item.Name), 1e-9);
            item.Before.Max.ShouldBe(Cell("max", item.Name), 1e-9);
            item.BeforeCounts.Sum().ShouldBe(item.Before.Count - item.Above - item.Below);
        }

        group.Items.OfType<CategoryCounts>().ShouldHaveSingleItem().Categories.ShouldBe([new CategoryCount("en", 791, 0)]);
    }

    [Fact]
    public async Task Two_sets_share_their_bins()
    {
        var raw = Stats("raw", Enumerable.Range(0, 100).Select(i => $$"""{"n": {{i / 10.0}}}"""));
        var refined = Stats("refined", Enumerable.Range(0, 40).Select(i => $$"""{"n": {{4 + (i / 10.0)}}}"""));

        var group = await Build(raw, refined);

        var histogram = group.Items.ShouldHaveSingleItem().ShouldBeOfType<Histogram>();
        histogram.Edges[0].ShouldBe(0);
        histogram.Edges[^1].ShouldBeGreaterThanOrEqualTo(9.9);
        histogram.BeforeCounts.Sum().ShouldBe(100);
        histogram.AfterCounts!.Sum().ShouldBe(40);
        histogram.AfterCounts!.Zip(histogram.BeforeCounts).ShouldAllBe(p => p.First <= p.Second);
    }

    [Fact]
    public async Task Small_whole_numbers_have_a_bin_each()
    {
        var group = await Build(Stats("n", new[] { 0, 1, 1, 3 }.Select(i => $$"""{"n": {{i}}}""")));

        var histogram = group.Items.ShouldHaveSingleItem().ShouldBeOfType<Histogram>();
        histogram.Edges.ShouldBe([-0.5, 0.5, 1.5, 2.5, 3.5]);
        histogram.BeforeCounts.ShouldBe([1, 2, 0, 1]);
    }

    [Fact]
    public async Task A_few_far_values_do_not_press_the_others_into_one_bin()
    {
        var values = Enumerable.Range(0, 999).Select(i => i / 100.0).Append(1e9);

        var group = await Build(Stats("n", values.Select(v => $$"""{"n": {{v.ToString(CultureInfo.InvariantCulture)}}}""")));

        var histogram = group.Items.ShouldHaveSingleItem().ShouldBeOfType<Histogram>();
        histogram.Above.ShouldBe(1);
        histogram.BeforeCounts.Count(c => c > 0).ShouldBeGreaterThan(15);
        histogram.Before.Max.ShouldBe(1e9);
    }

    [Fact]
    public async Task Absent_null_NaN_and_broken_values_are_counted_apart()
    {
        var group = await Build(Stats("n",
            ["""{"a": 1}""", """{"a": null, "b": 2}""", """{"a": NaN, "b": Infinity}""", "{broken", "", """{"a": [3, 4]}"""], raw: true));

        group.BrokenLines.ShouldBe(1);
        group.Items[0].Before.ShouldSatisfyAllConditions(s => s.Count.ShouldBe(3), s => s.Missing.ShouldBe(2));
        group.Items[1].Before.ShouldSatisfyAllConditions(s => s.Count.ShouldBe(1), s => s.Missing.ShouldBe(3));
    }

    [Theory]
    [InlineData("""{"n": 5}""", 1)]
    [InlineData("""{"n": 0.25}""", 1)]
    [InlineData("""{"n": 0}""", 1)]
    public async Task A_single_value_has_a_bin(string row, long count)
    {
        var histogram = (await Build(Stats("n", [row, row]))).Items.ShouldHaveSingleItem().ShouldBeOfType<Histogram>();

        histogram.BeforeCounts.Sum().ShouldBe(count * 2);
        histogram.Before.StandardDeviation.ShouldBe(0);
    }

    [Fact]
    public async Task A_filter_that_dropped_everything_leaves_an_empty_second_set()
    {
        var group = await Build(Stats("n", ["""{"n": 5, "lang": "en"}"""]), Stats("e", []));

        group.Items.OfType<Histogram>().ShouldHaveSingleItem().AfterCounts!.Sum().ShouldBe(0);
        group.Items.OfType<CategoryCounts>().ShouldHaveSingleItem().Categories.ShouldBe([new CategoryCount("en", 1, 0)]);
        (await Build(Stats("f", []))).Items.ShouldBeEmpty();
    }

    [Fact]
    public void Every_value_is_in_a_bin_or_outside_the_scale()
    {
        var random = new Random(5);
        for (var round = 0; round < 500; round++)
        {
            var sketch = new StatisticSketch();
            var scaleOf = Math.Pow(10, random.Next(-8, 9));
            var values = Enumerable.Range(0, random.Next(1, 60))
                .Select(_ => round % 3 == 0 ? random.Next(-50, 50) : (random.NextDouble() - 0.3) * scaleOf).ToList();
            values.ForEach(sketch.Add);

            var scale = BinScale.For([sketch]);

            scale.Edges.Count.ShouldBeLessThan(80);
            var inside = values.Count(v => scale.BinOf(v) >= 0 && scale.BinOf(v) < scale.Edges.Count - 1);
            inside.ShouldBe(values.Count(v => v >= scale.Edges[0] && v <= scale.Edges[^1]));
            inside.ShouldBeGreaterThanOrEqualTo(values.Count * 9 / 10);
        }
    }

    private Task<DistributionGroup> Build(string before, string? after = null) => DistributionBuilder.BuildAsync(
        "title", new StatsSource("raw", before), after is null ? null : new StatsSource("refined", after), CancellationToken.None);

    private string Stats(string name, IEnumerable<string> rows, bool raw = false)
    {
        var path = Path.Combine(_directory, name + ".jsonl");
        File.WriteAllLines(path, rows.Select(r => raw && !r.StartsWith("{\"", StringComparison.Ordinal) ? r : $$"""{"__dj__stats__": {{r}}}"""));
        return path;
    }
}
