using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;
using Sandbox.Workflows.Runs;
using Sandbox.Workflows.Sweeps;
using Sandbox.Workflows.Tests.Runs;

namespace Sandbox.Workflows.Tests.Sweeps;

/// <summary>Real sweeps: a workflow that starts workflows, in a real database.</summary>
public sealed class SweepTests
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_grid_is_tried_whole_and_the_best_trial_is_found()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", Loss);
        var end = await site.RunAsync(Of("method: grid\nworkers: 3\nmetric: {name: loss}\nparameters: {anonymous.a.extra_configs.x: {values: [3, 1, 2, 5]}}", "a"));

        end.State.ShouldBe(RunStates.Finished, end.Failure);
        var sweep = await site.Get<SandboxSweeps>().GetAsync(end.RunId, default);
        sweep.Trials.Select(t => (t.State, t.Values["loss"])).ShouldBe([("finished", 3d), ("finished", 1), ("finished", 2), ("finished", 5)]);
        sweep.Best.ShouldBe(1);
        site.Read("out/best/sandbox.yaml").ShouldContain("x: 1");
        site.Hook.Calls.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Pausing_a_sweep_holds_its_trials_and_resuming_goes_on_with_the_same_ones()
    {
        await using var site = new RunSite();
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        site.Hook.Script("a", async (context, _) =>
        {
            begun.TrySetResult();
            await release.Task.WaitAsync(Ceiling);
            return Loss(context);
        });
        var started = await site.StartAsync(Of("method: grid\nmetric: {name: loss}\nparameters: {anonymous.a.extra_configs.x: {values: [3, 1]}}", "a", "b"));
        var work = site.WorkAsync(started.RunId);
        await begun.Task.WaitAsync(Ceiling);
        await site.Runs.PauseAsync(started.RunId, default);
        var trial = TrialRuns.RunIdOf(started.RunId, 0);
        await UntilAsync(async () => await site.Get<TrialRuns>().IsPausedAsync(trial, default));
        release.SetResult();

        (await work.WaitAsync(Ceiling)).State.ShouldBe(RunStates.Paused);

        // Its worker may have seen the pause only behind the next job; the second trial has not begun.
        site.Hook.Calls.Count(c => c == "a").ShouldBe(1);
        (await site.Queries.GetAsync(trial, default)).State.ShouldBeOneOf(RunStates.Paused, RunStates.Finished);
        await site.RestartAsync();
        (await site.WorkAsync(started.RunId).WaitAsync(Ceiling)).State.ShouldBe(RunStates.Finished);
        site.Hook.Calls.ShouldBe(["a", "b", "a", "b"]);
        (await site.Get<SandboxSweeps>().GetAsync(started.RunId, default)).Trials.Select(t => t.State).ShouldBe(["finished", "finished"]);
    }

    [Fact]
    public async Task A_stopped_sweep_ends_with_what_it_has_and_given_parameters_are_tried_all_the_same()
    {
        await using var site = new RunSite();
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        site.Hook.Script("a", async (context, _) =>
        {
            begun.TrySetResult();
            await release.Task.WaitAsync(Ceiling);
            return Loss(context);
        });
        var started = await site.StartAsync(Of("method: random\nseed: 1\nmetric: {name: loss}\nparameters: {anonymous.a.extra_configs.x: {min: 1.0, max: 2.0}}", "a"));
        var work = site.WorkAsync(started.RunId);
        await begun.Task.WaitAsync(Ceiling);
        var sweeps = site.Get<SandboxSweeps>();
        await sweeps.StopAsync(started.RunId, default);
        await sweeps.AddAsync(started.RunId, 0, [new JsonObject { ["anonymous.a.extra_configs.x"] = 0.25 }], default);
        (await Should.ThrowAsync<FaultException>(() => sweeps.AddAsync(started.RunId, 0, [new JsonObject { ["anonymous.a.extra_configs.y"] = "z" }], default)))
            .Faults.Select(f => f.Message).ShouldBe(
                ["{\"anonymous.a.extra_configs.y\":\"z\"}: the sweep has no parameter \"anonymous.a.extra_configs.y\". Did you mean \"anonymous.a.extra_configs.x\"?",
                    "{\"anonymous.a.extra_configs.y\":\"z\"}: \"anonymous.a.extra_configs.x\" is missing."]);
        release.SetResult();

        (await work.WaitAsync(Ceiling)).State.ShouldBe(RunStates.Finished);
        var sweep = await sweeps.GetAsync(started.RunId, default);
        sweep.IsStopped.ShouldBeTrue();
        sweep.Trials.Count.ShouldBe(2);
        (sweep.Best, sweep.Trials[1].Values["loss"]).ShouldBe((1, 0.25));
        (await Should.ThrowAsync<FaultException>(() => sweeps.AddAsync(started.RunId, 1, [], default))).Message.ShouldContain("finished");
    }

    [Fact]
    public async Task Hyperband_ends_a_poor_trial_on_its_way()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", async (context, stop) =>
        {
            var x = X(context);
            for (var step = 1; step <= 4; step++)
            {
                context.Watcher.Log("loss", x, step);
            }

            // A poor one would go on for long: it is told to end.
            await (x < 0.5 ? Task.CompletedTask : Task.Delay(Ceiling, stop));
            return HookResult.One(x);
        });
        var end = await site.RunAsync(Of(
            "method: grid\nmetric: {name: loss}\nearly_terminate: {type: hyperband, min_iter: 2, eta: 3}\nparameters: {anonymous.a.extra_configs.x: {values: [0.1, 0.2, 0.9, 0.3]}}", "a"));

        end.State.ShouldBe(RunStates.Finished, end.Failure);
        var sweep = await site.Get<SandboxSweeps>().GetAsync(end.RunId, default);
        sweep.Trials.Select(t => t.State).ShouldBe(["finished", "finished", "stopped", "finished"]);
        sweep.Trials[2].Problem.ShouldBe("early termination");
        sweep.Trials[2].Values["loss"].ShouldBe(0.9);
        sweep.Best.ShouldBe(0);
    }

    [Fact]
    public async Task A_trial_whose_config_is_wrong_or_that_fails_does_not_end_the_sweep()
    {
        await using var site = new RunSite();
        site.Write("d.jsonl", "{\"text\": \"some words\"}\n{\"text\": \"a\"}\n");
        site.Hook.Script("a", c => X(c) < 0 ? throw new JobFailedException("no data") : Loss(c));
        var process = "  - {hook: ProcessDataHook, meta_name: p, dj_configs: {dataset_path: d.jsonl, export_path: out/p.jsonl, process: [text_length_filter: {min_len: 1}]}}\n";
        var end = await site.RunAsync(Of(
            "method: grid\nmetric: {name: loss}\nparameters:\n  text_length_filter.min_len: {values: [1, nonsense]}\n  anonymous.a.extra_configs.x: {values: [4, -1]}", "a") + process);

        end.State.ShouldBe(RunStates.Finished, end.Failure);
        var sweep = await site.Get<SandboxSweeps>().GetAsync(end.RunId, default);
        sweep.Trials.Count.ShouldBe(4);
        sweep.Trials.Count(t => t.State == "failed" && t.Problem!.Contains("min_len", StringComparison.Ordinal)).ShouldBe(2);
        sweep.Trials.Count(t => t.State == "failed" && t.Problem!.Contains("no data", StringComparison.Ordinal)).ShouldBe(1);
        sweep.Trials.Single(t => t.State == "finished").Number.ShouldBe(sweep.Best!.Value);
    }

    [Fact]
    public async Task A_sweep_whose_trials_all_fail_does_not_go_on_for_ever()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", _ => throw new JobFailedException("no data"));
        var end = await site.RunAsync(Of("method: random\nseed: 1\nworkers: 2\nmetric: {name: loss}\nparameters: {anonymous.a.extra_configs.x: {min: 1.0, max: 2.0}}", "a"));
        (end.State, end.Failure).ShouldSatisfyAllConditions(e => e.State.ShouldBe(RunStates.Failed), e => e.Failure!.ShouldContain("The first 20 trials all failed, the last one: no data"));
    }

    [Fact]
    public async Task A_sweep_learns_from_an_earlier_one()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", Loss);
        const string Space = "metric: {name: loss}\nparameters: {anonymous.a.extra_configs.x: {min: 0.0, max: 100.0}}";
        var first = await site.RunAsync(Of($"method: random\nseed: 3\nrun_cap: 12\n{Space}", "a"));
        first.State.ShouldBe(RunStates.Finished, first.Failure);
        var sweeps = site.Get<SandboxSweeps>();
        var warm = $"method: bayes\nseed: 5\nrun_cap: 1\nwarm_start: {first.RunId}\n{Space}";
        var second = await site.RunAsync(Of(warm, "a"));

        second.State.ShouldBe(RunStates.Finished, second.Failure);
        var config = Parse(warm);
        var earlier = await site.Get<WarmStarts>().ReadAsync(config, site.Work, default);
        earlier.Count.ShouldBe(12);
        var expected = new Study(config, 5, [], earlier).Ask()!.Parameters.ToJsonString();
        expected.ShouldNotBe(new Study(config, 5, [], []).Ask()!.Parameters.ToJsonString());
        (await sweeps.GetAsync(second.RunId, default)).Trials.ShouldHaveSingleItem().Parameters.ToJsonString().ShouldBe(expected);
        var other = await site.RunAsync(Of($"method: bayes\nwarm_start: {first.RunId}\nrun_cap: 1\nmetric: {{name: los}}\nparameters: {{anonymous.a.extra_configs.x: {{min: 0.0, max: 100.0}}}}", "a"));
        other.Failure!.ShouldContain("has no metric \"los\". Did you mean \"loss\"?");
        Should.Throw<InvalidOperationException>(() => site.StartAsync(Of($"method: bayes\nwarm_start: nothere.jsonl\n{Space}", "a"))).Message.ShouldContain("nothere.jsonl");
    }

    [Fact]
    public async Task Two_aims_give_a_front_and_budgets_grow_for_the_best_share()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", c =>
        {
            c.Watcher.Log("size", 10 - X(c));
            return Loss(c);
        });
        var end = await site.RunAsync(Of("method: grid\nmetrics: [{name: loss}, {name: size}]\nparameters: {anonymous.a.extra_configs.x: {values: [1, 2, 3]}}", "a"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        (await site.Get<SandboxSweeps>().GetAsync(end.RunId, default)).Front.ShouldBe([0, 1, 2]);

        var rows = new List<(long Rows, double X)>();
        site.Hook.Script("a", c =>
        {
            rows.Add((c.ExtraConfigs!["rows"]!.GetValue<long>(), X(c)));
            return Loss(c);
        });
        var halved = await site.RunAsync(Of(
            "method: random\nseed: 2\nrun_cap: 13\nmetric: {name: loss}\nsuccessive_halving: {parameter: anonymous.a.extra_configs.rows, min: 10, max: 90, eta: 3}\nparameters: {anonymous.a.extra_configs.x: {min: 0.0, max: 9.0}}", "a"));
        halved.State.ShouldBe(RunStates.Finished, halved.Failure);
        rows.CountBy(r => r.Rows).OrderBy(r => r.Key).Select(r => (r.Key, r.Value)).ShouldBe([(10, 9), (30, 3), (90, 1)]);
        rows.Single(r => r.Rows == 90).X.ShouldBe(rows.Where(r => r.Rows == 10).Min(r => r.X));
    }

    [Fact]
    public async Task A_parameter_that_means_nothing_is_left_as_the_config_has_it()
    {
        await using var site = new RunSite();
        var seen = new List<string>();
        site.Hook.Script("a", c =>
        {
            seen.Add($"{c.ExtraConfigs!["x"]}/{c.ExtraConfigs["momentum"]}");
            c.Watcher.Log("loss", 1);
            return HookResult.One(1);
        });
        var end = await site.RunAsync(Of(
            "method: grid\nmetric: {name: loss}\nparameters:\n  anonymous.a.extra_configs.x: {values: [sgd, adam]}\n  anonymous.a.extra_configs.momentum: {values: [0.5, 0.9], when: {anonymous.a.extra_configs.x: sgd}}", "a"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        seen.Order().ShouldBe(["adam/0", "sgd/0.5", "sgd/0.9"]);
    }

    private static string Of(string hpo, params string[] jobs) =>
        "project_name: p\nexperiment_name: e\nwork_dir: ./out\nhpo_config:\n" + string.Concat(hpo.Split('\n').Select(l => $"  {l}\n"))
        + Yaml.Jobs([.. jobs.Select(j => $"{j}|extra_configs: {{x: 0, rows: 1, momentum: 0}}")]);

    private static double X(HookContext context) => context.ExtraConfigs!["x"]!.GetValue<double>();

    private static HookResult Loss(HookContext context)
    {
        context.Watcher.Log("loss", X(context));
        return HookResult.One(X(context));
    }

    private static SweepConfig Parse(string yaml) => SweepConfig.Parse(ConfigParser.ParseYaml(yaml, "s.yaml", [])!, [])!;

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var ceiling = new CancellationTokenSource(Ceiling);
        while (!await isSo())
        {
            await Task.Delay(50, ceiling.Token);
        }
    }
}
