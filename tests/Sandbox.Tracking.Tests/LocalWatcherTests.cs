using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Tracking;
using Sandbox.Testing;

namespace Sandbox.Tracking.Tests;

public sealed class LocalWatcherTests : TrackingFixture
{
    [Fact]
    public void A_result_is_flattened_with_dots_and_its_numbers_become_metrics()
    {
        var watcher = Watcher();

        watcher.Watch("eval", JsonNode.Parse("""
            {"accuracy": 0.5, "all": {"n": 3, "ok": true, "bad": false, "name": "x", "none": null}, "list": [1, {"mse": 2.5}]}
            """));

        watcher.Drain(AttemptStanding.Won).Metrics.Select(m => (m.Name, m.Value)).ShouldBe(
            [("eval.accuracy", 0.5), ("eval.all.n", 3), ("eval.all.ok", 1), ("eval.all.bad", 0), ("eval.list.0", 1), ("eval.list.1.mse", 2.5)]);
    }

    [Fact]
    public void Numbers_made_in_code_count_like_those_read()
    {
        MetricNames.Flatten("m", new JsonArray(1, 2L, 0.5f, 1.5m, double.NaN, true)).Select(m => m.Value)
            .ShouldBe([1, 2, 0.5, 1.5, double.NaN, 1]);
        MetricNames.Flatten("m", new JsonArray([.. Enumerable.Range(0, 65).Select(i => (JsonNode)i)])).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_newest_result_is_found_in_this_attempt_then_in_the_run()
    {
        var probe = Watcher("probe");
        probe.Watch("analysis", 1);
        probe.Watch("analysis", JsonNode.Parse("""{"mean": 2.0}"""));
        await WriteAsync(probe.Drain(AttemptStanding.Won));
        var refine = Watcher("refine");

        (await Query(refine, "analysis"))!.ToJsonString().ShouldBe("""{"mean":2.0}""");
        (await Query(refine, "other")).ShouldBeNull();

        refine.Watch("analysis", double.NaN);
        (await Query(refine, "analysis"))!.GetValue<double>().ShouldBe(double.NaN);
        refine.Drain(AttemptStanding.Running);
        (await Query(refine, "analysis"))!.GetValue<double>().ShouldBe(double.NaN);
        (await Query(Watcher("refine", run: "another"), "analysis")).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_lost_attempt_watched_is_not_found()
    {
        var lost = Watcher("probe", 1);
        lost.Watch("analysis", "lost");
        await WriteAsync(lost.Drain(AttemptStanding.Running));

        (await Query(Watcher("probe", 2), "analysis")).ShouldBeNull();

        await WriteAsync(Watcher("probe", 2).Drain(AttemptStanding.Won));
        (await Query(Watcher("refine"), "analysis")).ShouldBeNull();
        (await Store.ResultsAsync("run", null, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_finished_step_of_an_earlier_attempt_is_found_by_the_next()
    {
        var first = Watcher("probe", 1);
        first.Watch("analysis", "step one");
        await WriteAsync(first.Drain(AttemptStanding.StepFinished));

        (await Query(Watcher("probe", 2), "analysis"))!.GetValue<string>().ShouldBe("step one");
    }

    [Fact]
    public async Task A_result_is_kept_as_it_was_when_it_was_watched()
    {
        var result = new JsonObject { ["a"] = 1 };
        var watcher = Watcher();
        watcher.Watch("m", result);
        result["a"] = 2;

        (await Query(watcher, "m"))!["a"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Threads_may_log_while_another_drains()
    {
        var watcher = Watcher();
        var drained = new List<Metric>();
        var writers = Enumerable.Range(0, 4).Select(t => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                watcher.Log($"m{t}", i);
            }
        })).ToList();
        while (writers.Exists(w => !w.IsCompleted) || watcher.PendingCount > 0)
        {
            drained.AddRange(watcher.Drain(AttemptStanding.Running).Metrics);
            await Task.Yield();
        }

        drained.GroupBy(m => m.Name).Select(g => g.Select(m => m.Value)).ShouldAllBe(v => v.SequenceEqual(Enumerable.Range(0, 5_000).Select(i => (double)i)));
    }

    [ReferenceFact("upstream-runs/data-juicer/out/sandbox-iterate/watched.json")]
    public async Task The_real_programs_watched_results_are_flattened_to_their_figures()
    {
        var path = Reference.Find("upstream-runs/data-juicer/out/sandbox-iterate/watched.json")!;
        var history = PythonJson.Parse(await File.ReadAllTextAsync(path), path)!["history"]!.AsArray();
        var watcher = Watcher();
        foreach (var (name, value) in history.SelectMany(row => row!.AsObject()).Where(e => e.Key[0] != '_'))
        {
            watcher.Watch(name, value);
        }

        watcher.Drain(AttemptStanding.Won).Metrics.Where(m => m.Name == "error.1").Select(m => m.Value)
            .ShouldBe([0.013964843749999999, 0.003652343750000003, 0.0009960937499999961]);
    }

    private static Task<JsonNode?> Query(LocalWatcher watcher, string name) => watcher.QueryAsync(name, CancellationToken.None);
}
