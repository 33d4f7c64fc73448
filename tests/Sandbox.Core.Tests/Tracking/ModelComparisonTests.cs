using Sandbox.Core.Tracking;

namespace Sandbox.Core.Tests.Tracking;

public sealed class ModelComparisonTests
{
    [Fact]
    public void A_gain_in_every_seed_beyond_both_spreads_stands_above_the_spread()
    {
        var comparison = Of(refined: [10, 11, 12], raw: [30, 31, 33]);

        var gain = comparison.Gains.ShouldHaveSingleItem();
        gain.Values.ShouldBe([20, 20, 21]);
        gain.IsAboveSpread.ShouldBeTrue();
    }

    [Fact]
    public void A_gain_smaller_than_the_baselines_own_spread_does_not_count() =>
        Of(refined: [99, 119, 139], raw: [100, 120, 140]).Gains[0].IsAboveSpread.ShouldBeFalse();

    [Fact]
    public void A_gain_that_fails_in_one_seed_does_not_count() =>
        Of(refined: [10, 10, 31], raw: [30, 30, 30]).Gains[0].IsAboveSpread.ShouldBeFalse();

    [Fact]
    public void One_repetition_never_stands_above_a_spread() =>
        Of(refined: [10], raw: [30]).Gains[0].IsAboveSpread.ShouldBeFalse();

    [Fact]
    public void Where_higher_is_better_a_gain_is_positive_upwards()
    {
        var comparison = new ModelComparison("accuracy", false, "new", [new("new", [0.9]), new("old", [0.7])]);

        comparison.Gains[0].Values[0].ShouldBe(0.2, 1e-12);
    }

    [Fact]
    public void The_watched_form_reads_back()
    {
        var comparison = Of(refined: [1.5, 2.5], raw: [3, 4]);

        var read = ModelComparison.FromJson(comparison.ToJson()).ShouldNotBeNull();

        read.Candidate.ShouldBe("refined");
        read.Groups.Select(g => g.Name).ShouldBe(["refined", "raw"]);
        read.Groups[0].Values.ShouldBe([1.5, 2.5]);
        ModelComparison.FromJson(null).ShouldBeNull();
    }

    private static ModelComparison Of(double[] refined, double[] raw) =>
        new("perplexity", true, "refined", [new("refined", refined), new("raw", raw)]);
}
