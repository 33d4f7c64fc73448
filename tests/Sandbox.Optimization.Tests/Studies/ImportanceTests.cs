using System.Text.Json.Nodes;
using Sandbox.Optimization.Space;
using Sandbox.Optimization.Studies;

namespace Sandbox.Optimization.Tests.Studies;

public sealed class ImportanceTests
{
    private const string Sweep = """
        method: random
        metric: {name: loss}
        parameters:
          lr: {distribution: log_uniform_values, min: 0.0001, max: 1}
          noise: {min: 0.0, max: 1.0}
          kind: {values: [a, b, c]}
          fixed: {value: 3}
          momentum: {min: 0.0, max: 1.0, when: {kind: a}}
        """;

    [Fact]
    public void A_parameter_that_decides_comes_first_and_one_without_effect_explains_nearly_nothing()
    {
        var study = new Study(Cases.Sweep(Sweep), 3, [], []);
        while (study.Trials.Count < 200)
        {
            var parameters = study.Ask()!.Parameters;
            study.Tell(study.Trials.Count - 1, TrialState.Finished, [Math.Log(parameters["lr"]!.GetValue<double>())]);
        }

        var found = Importance.Of(study.Config, study.Trials);
        found.Select(i => i.Parameter).ShouldBe(["lr", .. found.Skip(1).Select(i => i.Parameter)]);
        found[0].Share.ShouldBeGreaterThan(0.9);
        found[0].Direction!.Value.ShouldBe(1, 1e-9);
        found.Skip(1).ShouldAllBe(i => i.Share < 0.1);
        found.ShouldNotContain(i => i.Parameter == "fixed");
        found.Single(i => i.Parameter == "kind").Direction.ShouldBeNull();

        // Only where it means something.
        found.Single(i => i.Parameter == "momentum").Trials.ShouldBe(study.Trials.Count(t => t.Parameters["kind"]!.ToString() == "a"));
    }

    [Fact]
    public void One_trial_that_went_astray_does_not_decide()
    {
        var sweep = Cases.Sweep("method: grid\nmetric: {name: loss}\nparameters: {a: {values: [1, 2]}, b: {values: [1, 2, 3, 4, 5]}}");
        var study = new Study(sweep, 1, [], []);
        while (study.Ask() is { } trial)
        {
            var (a, b) = (trial.Parameters["a"]!.GetValue<long>(), trial.Parameters["b"]!.GetValue<long>());
            study.Tell(trial.Number, TrialState.Finished, [(a, b) == (1, 3) ? 1e300 : (a * 100) + b]);
        }

        Importance.Of(sweep, study.Trials)[0].Parameter.ShouldBe("a");
    }

    [Fact]
    public void Without_enough_values_nothing_is_claimed()
    {
        var study = new Study(Cases.Sweep(Sweep), 3, [], []);
        study.Ask();
        study.Tell(0, TrialState.Finished, [1]);
        study.Ask();
        study.Tell(1, TrialState.Failed, [double.NaN]);
        Importance.Of(study.Config, study.Trials).ShouldBeEmpty();
    }

    [Fact]
    public void An_axis_has_a_place_for_each_value_and_none_where_a_parameter_means_nothing()
    {
        var axes = SweepAxis.Of(Cases.Sweep(Sweep)).ToDictionary(a => a.Name, StringComparer.Ordinal);
        axes.ShouldNotContainKey("fixed");
        axes["lr"].Place(new JsonObject { ["lr"] = 0.01 })!.Value.ShouldBe(0.5, 1e-12);
        axes["kind"].Labels.Select(l => l.Text).ShouldBe(["a", "b", "c"]);
        axes["kind"].Place(new JsonObject { ["kind"] = "b" }).ShouldBe(0.5);
        axes["momentum"].Place(new JsonObject { ["kind"] = "b" }).ShouldBeNull();
        axes["momentum"].Value(new JsonObject { ["kind"] = "b" }).ShouldBeNull();
        axes["noise"].Value(new JsonObject { ["noise"] = 0.25 }).ShouldBe("0.25");
    }
}
