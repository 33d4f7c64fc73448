using Sandbox.Optimization.Studies;

namespace Sandbox.Optimization.Tests.Stopping;

public sealed class SuccessiveHalvingTests
{
    [Fact]
    public void The_best_third_of_a_rung_goes_on_with_three_times_the_budget()
    {
        var study = new Study(
            Cases.Sweep("""
                {method: random, metric: {name: loss}, run_cap: 13, parameters: {x: {min: 0.0, max: 1.0}},
                 successive_halving: {parameter: rows, min: 100, max: 900, eta: 3}}
                """),
            3, [], []);
        while (study.Ask() is { } trial)
        {
            study.Tell(trial.Number, TrialState.Finished, [trial.Parameters["x"]!.GetValue<double>() + (1.0 / trial.Parameters["rows"]!.GetValue<long>())]);
        }

        var rungs = study.Trials.GroupBy(t => t.Rung).ToDictionary(g => g.Key, g => g.ToList());
        rungs.Keys.Order().ShouldBe([0, 1, 2]);
        rungs[0].Count.ShouldBe(9);
        rungs[1].Count.ShouldBe(3);
        rungs[2].Single().Parameters["rows"]!.GetValue<long>().ShouldBe(900);
        foreach (var trial in rungs[1].Concat(rungs[2]))
        {
            trial.Parameters["x"]!.GetValue<double>().ShouldBe(study.Trials[trial.PromotedFrom!.Value].Parameters["x"]!.GetValue<double>());
        }

        study.Best.ShouldBe(rungs[2].Single().Number);
    }
}
