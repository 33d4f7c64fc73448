using Sandbox.Core.Tracking;
using Sandbox.Tracking.Charts;

namespace Sandbox.Tracking.Tests.Charts;

public sealed class CurveTests : TrackingFixture
{
    [Theory]
    [InlineData(1, 100)]
    [InlineData(100, 100)]
    [InlineData(1000, 100)]
    [InlineData(1_000_000, 2000)]
    public void However_long_a_curve_is_so_many_points_stand_for_it_and_none_is_invented(int count, int points)
    {
        var random = new Random(count);
        var values = Enumerable.Range(0, count).Select(_ => random.NextDouble()).ToArray();
        var sampler = new CurveSampler(points);
        for (var i = 0; i < count; i++)
        {
            sampler.Add(i, values[i]);
        }

        sampler.Count.ShouldBe(count);
        var kept = sampler.Points;
        kept.Count.ShouldBeInRange(Math.Min(count, points / 4), points * 2);
        kept.ShouldAllBe(p => values[(int)p.Step] == p.Value);
        kept.Zip(kept.Skip(1)).ShouldAllBe(pair => pair.First.Step < pair.Second.Step);
        kept[0].Step.ShouldBe(0);
        kept[^1].Step.ShouldBe(count - 1);
    }

    [Fact]
    public void Every_extreme_stays_wherever_it_comes()
    {
        for (var at = 0; at < 20_000; at += 97)
        {
            var sampler = new CurveSampler(50);
            for (var i = 0; i < 20_000; i++)
            {
                sampler.Add(i, i == at ? 1000 : i == 19_999 - at ? -1000 : Math.Sin(i));
            }

            sampler.Points.ShouldContain(new MetricPoint(at, 1000));
            sampler.Points.ShouldContain(new MetricPoint(19_999 - at, -1000));
        }
    }

    [Fact]
    public void What_is_no_number_breaks_the_line_and_infinities_are_extremes()
    {
        var sampler = new CurveSampler(40);
        for (var i = 0; i < 1000; i++)
        {
            sampler.Add(i, i switch { 500 => double.NaN, 700 => double.PositiveInfinity, _ => 1 });
        }

        sampler.Points.ShouldContain(p => p.Step == 500 && double.IsNaN(p.Value));
        sampler.Points.ShouldContain(new MetricPoint(700, double.PositiveInfinity));
    }

    [Fact]
    public async Task Curves_are_those_of_each_metric_and_job_that_counts()
    {
        var first = Watcher(attempt: 1);
        first.Log("loss", 9, step: 1);
        await WriteAsync(first.Drain(AttemptStanding.Running));
        var second = Watcher(attempt: 2);
        foreach (var step in new[] { 2, 1, 3 })
        {
            second.Log("loss", step * 10, step);
        }

        second.Log("rate", 5);
        await WriteAsync(second.Drain(AttemptStanding.Won));
        var other = Watcher("other");
        other.Log("loss", 7, step: 0);
        await WriteAsync(other.Drain(AttemptStanding.Won));

        var curves = await Store.CurvesAsync(new CurveQuery("run"), CancellationToken.None);
        curves.Select(c => (c.Name, c.JobId, c.Count)).ShouldBe([("loss", "job", 3), ("loss", "other", 1)]);
        curves[0].Points.ShouldBe([new MetricPoint(1, 10), new MetricPoint(2, 20), new MetricPoint(3, 30)]);
        (await Store.CurvesAsync(new CurveQuery("run") { Name = "loss", JobId = "other" }, CancellationToken.None)).ShouldHaveSingleItem().Points.ShouldBe([new MetricPoint(0, 7)]);
        (await Store.CurvesAsync(new CurveQuery("run") { OnlyWithSteps = false }, CancellationToken.None)).Select(c => c.Name).ShouldBe(["loss", "rate", "loss"]);
        (await Store.CurvesAsync(new CurveQuery("nothere"), CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_million_metrics_are_stored_and_drawn()
    {
        const int Count = 1_000_000;
        var time = Time.GetUtcNow();
        await WriteAsync(new TrackingBatch
        {
            RunId = "run", JobId = "job", Attempt = 1, Standing = AttemptStanding.Won,
            Metrics = [.. Enumerable.Range(0, Count).Select(i => new Metric("loss", i == 654_321 ? -5 : 1.0 / (i + 1), i, time, "stdout", i * 30L))],
        });

        var curve = (await Store.CurvesAsync(new CurveQuery("run") { Points = 1000 }, CancellationToken.None)).ShouldHaveSingleItem();
        curve.Count.ShouldBe(Count);
        curve.Points.Count.ShouldBeLessThanOrEqualTo(2000);
        curve.Points.ShouldContain(new MetricPoint(654_321, -5));
    }
}
