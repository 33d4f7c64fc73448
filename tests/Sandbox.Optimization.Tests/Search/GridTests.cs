using System.Text.Json.Nodes;
using Sandbox.Optimization.Studies;
using Sandbox.Testing;

namespace Sandbox.Optimization.Tests.Search;

public sealed class GridTests
{
    [ReferenceFact("upstream-runs/search/grid-cases.json")]
    public void Grids_come_in_the_order_of_their_own_program_without_what_has_been()
    {
        var cases = Cases.Load("grid-cases.json")["cases"]!.AsArray();
        cases.Count.ShouldBe(28);
        foreach (var item in cases)
        {
            var id = item!["id"]!.GetValue<string>();
            var yaml = new JsonObject { ["method"] = "grid", ["parameters"] = item["parameters"]!.DeepClone() }.ToJsonString();
            if (item["error"] is not null)
            {
                Cases.TrySweep(yaml).Faults.ShouldHaveSingleItem().Message.ShouldContain("method grid");
                continue;
            }

            var done = item["done"]!.AsArray().Select((r, i) => new SweepTrial(i, Cases.Parameters(r!)) { State = TrialState.Failed }).ToList();
            var study = new Study(Cases.Sweep(yaml), 0, done, []);
            foreach (var run in item["runs"]!.AsArray())
            {
                var expected = run is null ? null : Cases.Parameters(run);
                study.Ask()?.Parameters.ToJsonString().ShouldBe(Ordered(expected)?.ToJsonString(), id);
            }

            study.Ask().ShouldBeNull(id);
        }
    }

    [Fact]
    public void Parameters_that_mean_nothing_do_not_multiply_the_grid()
    {
        var study = new Study(
            Cases.Sweep("""
                method: grid
                parameters:
                  momentum: {values: [0.0, 0.9], when: {optimizer: sgd}}
                  optimizer: {values: [sgd, adam]}
                  nesterov: {values: [true, false], when: {momentum: 0.9}}
                """),
            0, [], []);

        var trials = new List<string>();
        while (study.Ask() is { } trial)
        {
            trials.Add(trial.Parameters.ToJsonString());
        }

        trials.ShouldBe(
        [
            """{"momentum":0.0,"optimizer":"sgd"}""", """{"optimizer":"adam"}""",
            """{"momentum":0.9,"nesterov":true,"optimizer":"sgd"}""", """{"momentum":0.9,"nesterov":false,"optimizer":"sgd"}""",
        ], ignoreOrder: true);
    }

    // Groups come where their first member does.
    private static JsonObject? Ordered(JsonObject? parameters) =>
        parameters is null ? null : new JsonObject([.. parameters.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))]);
}
