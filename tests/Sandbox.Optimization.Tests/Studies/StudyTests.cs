using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Tests.Studies;

public sealed class StudyTests
{
    private const string Space = """
        parameters:
          optimizer: {values: [sgd, adam]}
          lr: {distribution: log_uniform_values, min: 0.00001, max: 1}
          momentum: {min: 0.0, max: 0.99, when: {optimizer: sgd}}
          net:
            parameters:
              layers: {min: 1, max: 8}
        """;

    [Theory]
    [InlineData("random")]
    [InlineData("bayes")]
    [InlineData("tpe")]
    public void The_same_seed_gives_the_same_trials_also_when_taken_up_again_in_the_middle(string method)
    {
        var sweep = Cases.Sweep($"method: {method}\nmetric: {{name: loss}}\n{Space}");
        var whole = new Study(sweep, 7, [], []);
        Drive(whole, 25);
        var half = new Study(sweep, 7, [], []);
        Drive(half, 13);
        var rest = new Study(sweep, 7, half.Trials, []);
        Drive(rest, 25);

        Texts(rest).ShouldBe(Texts(whole));
        var other = new Study(sweep, 8, [], []);
        Drive(other, 25);
        Texts(other).ShouldNotBe(Texts(whole));
    }

    [Theory]
    [InlineData("random")]
    [InlineData("bayes")]
    [InlineData("tpe")]
    public void Parameters_come_only_where_they_mean_something(string method)
    {
        var study = new Study(Cases.Sweep($"method: {method}\nmetric: {{name: loss}}\n{Space}"), 1, [], []);
        Drive(study, 30);
        foreach (var trial in study.Trials)
        {
            trial.Parameters.ContainsKey("momentum").ShouldBe(trial.Parameters["optimizer"]!.GetValue<string>() == "sgd");
            trial.Parameters["net"]!["layers"]!.GetValue<int>().ShouldBeInRange(1, 8);
        }
    }

    [Theory]
    [InlineData("bayes")]
    [InlineData("tpe")]
    public void Several_open_trials_differ(string method)
    {
        var study = new Study(Cases.Sweep($"method: {method}\nmetric: {{name: loss}}\n{Space}"), 1, [], []);
        Drive(study, 12);
        var open = Enumerable.Range(0, 6).Select(_ => study.Ask()!.Parameters.ToJsonString()).ToList();
        open.Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public void The_search_ends_with_the_cap_and_with_the_target()
    {
        var capped = new Study(Cases.Sweep("{method: random, run_cap: 2, parameters: {a: {min: 0.0, max: 1.0}}}"), 0, [], []);
        (capped.Ask() is null, capped.Ask() is null, capped.Ask() is null).ShouldBe((false, false, true));

        var aimed = new Study(Cases.Sweep("{method: random, metric: {name: a, goal: maximize, target: 5}, parameters: {a: {min: 0.0, max: 1.0}}}"), 0, [], []);
        aimed.Tell(aimed.Ask()!.Number, TrialState.Finished, [4]);
        aimed.Tell(aimed.Ask().ShouldNotBeNull().Number, TrialState.Finished, [5]);
        aimed.Ask().ShouldBeNull();
        aimed.Best.ShouldBe(1);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("bayes")]
    [InlineData("tpe")]
    public void Several_metrics_give_a_front_of_trials_that_none_beats(string method)
    {
        var sweep = Cases.Sweep("""
            method: METHOD
            metrics: [{name: loss}, {name: kept, goal: maximize}]
            parameters: {x: {min: 0.0, max: 1.0}, y: {min: 0.0, max: 1.0}}
            """.Replace("METHOD", method, StringComparison.Ordinal));
        var study = new Study(sweep, 5, [], []);
        for (var i = 0; i < 40; i++)
        {
            var trial = study.Ask()!;
            var (x, y) = (trial.Parameters["x"]!.GetValue<double>(), trial.Parameters["y"]!.GetValue<double>());
            study.Tell(trial.Number, TrialState.Finished, [(x * x) + (y * y), x - (y * y)]);
        }

        var front = study.Front.Select(n => study.Trials[n].Values).ToList();
        front.Count.ShouldBeGreaterThan(2);
        foreach (var trial in study.Trials.Where(t => !study.Front.Contains(t.Number)))
        {
            front.ShouldContain(f => f[0] <= trial.Values[0] && f[1] >= trial.Values[1]);
        }

        // The front is x in [0, 1], y = 0: what searches by the values comes near it.
        var distance = study.Front.Average(n => study.Trials[n].Parameters["y"]!.GetValue<double>());
        distance.ShouldBeLessThan(method == "random" ? 0.5 : 0.15);
    }

    [Fact]
    public void Earlier_trials_teach_a_new_search()
    {
        var sweep = Cases.Sweep("{method: bayes, metric: {name: loss}, parameters: {x: {min: 0.0, max: 1.0}, y: {min: 0.0, max: 1.0}}}");
        var earlier = new Study(sweep, 1, [], []);
        for (var i = 0; i < 25; i++)
        {
            var trial = earlier.Ask()!;
            earlier.Tell(trial.Number, TrialState.Finished, [Bowl(trial)]);
        }

        var warm = new Study(sweep, 2, [], earlier.Trials);
        Bowl(warm.Ask()!).ShouldBeLessThan(0.02);
        Bowl(new Study(sweep, 2, [], []).Ask()!).ShouldBeGreaterThan(0.02);

        static double Bowl(SweepTrial trial) =>
            Math.Pow(trial.Parameters["x"]!.GetValue<double>() - 0.3, 2) + Math.Pow(trial.Parameters["y"]!.GetValue<double>() - 0.8, 2);
    }

    [Fact]
    public void What_when_names_must_exist_and_be_possible()
    {
        var (_, faults) = Cases.TrySweep("""
            method: random
            parameters:
              a: {values: [1, 2]}
              b: {min: 0.0, max: 1.0, when: {aa: 1}}
              c: {min: 0.0, max: 1.0, when: {a: 3}}
              d: {values: [1], when: {e: 1}}
              e: {values: [1], when: {d: 1}}
            """);
        faults.Select(f => f.ToString()).Order(StringComparer.Ordinal).ShouldBe(
        [
            "s.yaml:4:34: parameter \"b\": \"when\" names no parameter \"aa\". Did you mean \"a\"?",
            "s.yaml:5:34: parameter \"c\": \"a\" is never 3: it is one of 1, 2.",
            "s.yaml:6:27: parameter \"d\": its \"when\" leads in a circle back to itself.",
            "s.yaml:7:27: parameter \"e\": its \"when\" leads in a circle back to itself.",
        ]);
    }

    private static void Drive(Study study, int trials)
    {
        while (study.Trials.Count < trials)
        {
            var trial = study.Ask()!;
            var loss = Math.Abs(Math.Log10(trial.Parameters["lr"]!.GetValue<double>()) + 2) + trial.Parameters["net"]!["layers"]!.GetValue<int>();
            study.Tell(trial.Number, trial.Number % 7 == 3 ? TrialState.Failed : TrialState.Finished, [loss]);
        }
    }

    private static List<string> Texts(Study study) => [.. study.Trials.Select(t => t.Parameters.ToJsonString())];
}
