using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Optimization.Distributions;
using Sandbox.Optimization.Space;
using Sandbox.Optimization.Sweeps;
using Sandbox.Testing;

namespace Sandbox.Optimization.Tests.Distributions;

public sealed class DistributionTests
{
    private const double Tolerance = 1e-9;

    [ReferenceFact("upstream-runs/search/distributions.json")]
    public void Every_distribution_draws_what_its_own_program_draws()
    {
        var cases = Cases.Load("distributions.json")["distributions"]!.AsArray();
        cases.Count.ShouldBe(32);
        foreach (var item in cases)
        {
            var id = item!["id"]!.GetValue<string>();
            if (id.EndsWith("(exponents)", StringComparison.Ordinal))
            {
                Cases.TrySweep(Config(item)).Faults.ShouldHaveSingleItem().Message.ShouldContain("_values");
                continue;
            }

            var distribution = Distribution.Of(Cases.Sweep(Config(item)).Parameters[0].Distribution!);
            foreach (var pair in item["ppf"]!.AsArray())
            {
                Same(distribution.Draw(pair![0]!.GetValue<double>()), pair[1], $"{id} at {pair[0]}");
            }

            foreach (var pair in item["cdf"]?.AsArray() ?? [])
            {
                distribution.Cumulative(pair![0]).ShouldBe(pair[1]!.GetValue<double>(), Tolerance, $"{id}: cdf of {pair[0]}");
            }
        }
    }

    [ReferenceFact("upstream-runs/search/distributions.json")]
    public void Many_draws_spread_as_those_of_the_program_do()
    {
        foreach (var item in Cases.Load("distributions.json")["distributions"]!.AsArray().Where(i => i!["counts"] is not null && i["id"]!.GetValue<string>()[^1] != ')'))
        {
            var distribution = Distribution.Of(Cases.Sweep(Config(item!)).Parameters[0].Distribution!);
            var random = new SeededRandom(1, 1);
            var drawn = Enumerable.Range(0, 2000).Select(_ => distribution.Draw(random.Next())?.ToJsonString()).CountBy(v => v ?? "null").ToDictionary(p => p.Key, p => p.Value);
            foreach (var pair in item!["counts"]!.AsArray())
            {
                // Six deviations of a count of 2000 apiece.
                var expected = pair![1]!.GetValue<int>();
                ((double)Math.Abs(drawn.GetValueOrDefault(pair[0]!.ToJsonString()) - expected)).ShouldBeLessThan(6 * Math.Sqrt(2.0 * Math.Max(expected, 4)), $"{item["id"]}: {pair[0]}");
            }
        }
    }

    [ReferenceFact("upstream-runs/search/bayes-cases.json")]
    public void Values_lie_in_the_unit_cube_where_the_program_puts_them()
    {
        var normalised = Cases.Load("bayes-cases.json")["normalised"]!;
        var sweep = Cases.Sweep(new JsonObject { ["method"] = "random", ["parameters"] = normalised["parameters"]!.DeepClone() }.ToJsonString());
        var axes = SearchSpace.Of(sweep.Parameters).Axes.Where(a => !a.IsFixed).ToList();
        axes.Select(a => a.Name).ShouldBe(normalised["columns"]!.AsArray().Select(c => c!.GetValue<string>()));
        for (var run = 0; run < 3; run++)
        {
            var parameters = normalised["runs"]![run]!.AsObject();
            for (var i = 0; i < axes.Count; i++)
            {
                SearchSpace.Find(parameters, axes[i].Path, out var value).ShouldBeTrue();
                // The program takes a choice that counts as false for the first one; here it keeps its own place.
                var expected = axes[i].Name == "num" && run == 2 ? 1 : normalised["rows"]![run]![i]!.GetValue<double>();
                axes[i].Distribution.Cumulative(value).ShouldBe(expected, Tolerance, $"{axes[i].Name} of run {run}");
            }
        }
    }

    [Theory]
    [InlineData("{distribution: q_uniform, min: 1, max: 20, q: 3}", 8)]
    [InlineData("{min: -3, max: 12}", 16)]
    [InlineData("{distribution: q_log_uniform_values, min: 8, max: 512, q: 8}", 64)]
    public void Steps_have_a_coordinate_each_that_leads_back_to_them(string parameter, int count)
    {
        var axis = SearchSpace.Of(Cases.Sweep("{method: random, parameters: {a: " + parameter + "}}").Parameters).Axes[0];
        axis.Levels.ShouldNotBeNull().Count.ShouldBeInRange(count - 2, count);
        foreach (var level in axis.Levels)
        {
            axis.Encode(axis.Decode(level)).ShouldBe(level, 1e-9);
        }
    }

    private static string Config(JsonNode item) =>
        new JsonObject { ["method"] = "random", ["parameters"] = new JsonObject { ["a"] = item["config"]!.DeepClone() } }.ToJsonString();

    private static void Same(JsonNode? actual, JsonNode? expected, string id)
    {
        if (expected is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
        {
            JsonNode.DeepEquals(actual, expected).ShouldBeTrue(id);
            return;
        }

        var (got, wanted) = (double.Parse(actual!.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture), value.GetValue<double>());
        got.ShouldBe(wanted, Tolerance * Math.Max(1, Math.Abs(wanted)), id);
        IsFloat(actual).ShouldBe(IsFloat(expected), id);
    }

    private static bool IsFloat(JsonNode number) => number.ToJsonString().AsSpan().IndexOfAny(".eE") >= 0;
}
