using System.Text.Json.Nodes;
using Sandbox.Optimization.Studies;
using Sandbox.Testing;

namespace Sandbox.Optimization.Tests.Studies;

public sealed class ImputationTests
{
    [ReferenceFact("upstream-runs/search/bayes-cases.json")]
    public void Trials_without_a_value_get_the_one_that_the_original_program_gives_them()
    {
        var data = Cases.Load("bayes-cases.json")["data"]!;
        var trials = data["runs"]!.AsArray().Select((r, i) => Cases.Trial(i, r!["state"]!, r["history"]!.AsArray().Select(Cases.Number)) with
        {
            Parameters = new JsonObject { ["x"] = r["x"]!.DeepClone() },
            Values = [Cases.Number(r["summary"]!["loss"])],
        }).ToList();
        foreach (var item in data["cases"]!.AsArray())
        {
            var metric = item!["metric"]!.DeepClone().AsObject();
            metric["name"] = "loss";
            var sweep = Cases.Sweep(new JsonObject
            {
                ["method"] = "bayes", ["metric"] = metric, ["parameters"] = new JsonObject { ["x"] = new JsonObject { ["min"] = 0.0, ["max"] = 1.5 } },
            }.ToJsonString());

            var result = Imputation.Of(trials, sweep.Metric!);
            result.Known.Select(k => X(k.Trial)).ShouldBe(item["sample_X"]!.AsArray().Select(x => x![0]!.GetValue<double>()), metric.ToJsonString());
            result.Known.Select(k => k.Value).ShouldBe(item["sample_y_to_minimise"]!.AsArray().Select(y => y!.GetValue<double>()), metric.ToJsonString());
            result.Pending.Select(X).ShouldBe(item["current_X"]!.AsArray().Select(x => x![0]!.GetValue<double>()), metric.ToJsonString());
        }
    }

    private static double X(SweepTrial trial) => trial.Parameters["x"]!.GetValue<double>();
}
