using Sandbox.Data.Analysis;

namespace Sandbox.Data.Tests.Analysis;

public sealed class ExactQuantiles
{
    [Fact]
    public void Spilled_numbers_give_the_figures_of_sorted_ones()
    {
        var random = new Random(3);
        var directory = Directory.CreateTempSubdirectory("sandbox-data-").FullName;
        double[] shares = [0, 0.01, 0.25, 0.5, 0.75, 0.999, 1];
        foreach (var size in new[] { 1, 2, 7, 100, 2501 })
        {
            var values = Enumerable.Range(0, size).Select(i => i % 5 == 0 ? -i : Math.Round(random.NextDouble() * 1000, 1)).ToArray();
            using var spilled = new SpilledNumbers(Path.Combine(directory, "n"), buffer: 64);
            using var held = new SpilledNumbers(Path.Combine(directory, "m"), buffer: 1 << 20);
            foreach (var value in values)
            {
                spilled.Add(value);
                held.Add(value);
            }

            spilled.Quantiles(shares).ShouldBe(held.Quantiles(shares));
            spilled.Mean.ShouldBe(values.Average(), 1e-12 * values.Max(Math.Abs) + 1e-15);
            spilled.StandardDeviation().ShouldBe(held.StandardDeviation());
            (spilled.Min, spilled.Max).ShouldBe((values.Min(), values.Max()));
        }

        Directory.Delete(directory, recursive: true);
    }
}
