using Sandbox.Workflows.Reports;

namespace Sandbox.Workflows.Tests.Reports;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0d, "0")]
    [InlineData(1d, "1")]
    [InlineData(12345d, "12,345")]
    [InlineData(1026.4009, "1,026.4")]
    [InlineData(0.0139648, "0.01396")]
    [InlineData(-767.0665, "−767.1")]
    [InlineData(0.00001234, "1.234e−5")]
    [InlineData(2.5e12, "2.5e12")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    [InlineData(null, "–")]
    public void Numbers_have_about_four_digits(double? value, string expected) => Figures.Show(value).ShouldBe(expected);

    [Fact]
    public void The_numbers_of_a_column_have_the_same_decimals()
    {
        Figures.Column([431, 412.3, null, double.NaN]).ShouldBe(["431.0", "412.3", "–", "NaN"]);
        Figures.Column([1, 20, 3000]).ShouldBe(["1", "20", "3,000"]);
        Figures.Column([0.5, 0.0625]).ShouldBe(["0.5000", "0.0625"]);
    }

    [Theory]
    [InlineData(0.04, "40 ms")]
    [InlineData(3.25, "3.3 s")]
    [InlineData(75, "1 min 15 s")]
    [InlineData(7260, "2 h 01 min")]
    [InlineData(180000, "2 d 2 h")]
    [InlineData(-1, "–")]
    public void Durations_are_short(double seconds, string expected) => Figures.Show(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Fact]
    public void Ticks_are_round_and_inside_their_range()
    {
        RoundNumbers.Ticks(0, 10, 5).ShouldBe([0, 2, 4, 6, 8, 10]);
        Figures.Labels(RoundNumbers.Ticks(0.59, 0.85, 5)).ShouldBe(["0.6", "0.7", "0.8"]);
        Figures.Labels(RoundNumbers.Ticks(5.9, 7, 5)).ShouldBe(["6.00", "6.25", "6.50", "6.75", "7.00"]);
        var random = new Random(2);
        for (var i = 0; i < 2_000; i++)
        {
            var low = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-9, 10));
            var high = low + (random.NextDouble() * Math.Pow(10, random.Next(-6, 10))) + 1e-7;

            var ticks = RoundNumbers.Ticks(low, high, 5);

            ticks.Count.ShouldBeInRange(1, 12);
            ticks.ShouldAllBe(t => t >= low - ((high - low) * 1e-6) && t <= high + ((high - low) * 1e-6));
            Figures.Labels(ticks).Count.ShouldBe(ticks.Count);
        }
    }
}
