using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Workflows.Runs;
using Shouldly;

namespace Sandbox.Workflows.Tests.Runs;

public class RunTests
{
    [Fact]
    public async Task Jobs_run_in_order_and_their_results_are_recorded()
    {
        await using var site = new RunSite();
        var end = await site.RunAsync(Yaml.Of("a", "b"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        site.Hook.Calls.ShouldBe(["a", "b"]);
        site.Read("out/context_infos.json").ShouldContain("\"0\": \"b\"");
        var run = await site.Queries.GetAsync(end.RunId, default);
        run.Jobs.Select(j => (j.MetaName, j.State)).ShouldBe([("a", RunStates.Finished), ("b", RunStates.Finished)]);
    }

    [Fact]
    public async Task A_failed_run_is_tried_again_when_it_is_taken_up()
    {
        await using var site = new RunSite();
        var broken = true;
        site.Hook.Script("b", _ => broken ? throw new JobFailedException("no data") : HookResult.One(1));
        var end = await site.RunAsync("resume: true\n" + Yaml.Of("a", "b"));
        (end.State, end.Failure).ShouldBe((RunStates.Failed, "no data"));

        broken = false;
        await site.RestartAsync();
        var again = await site.StartAsync("resume: true\n" + Yaml.Of("a", "b"));
        (again.RunId, again.IsResumed).ShouldBe((end.RunId, true));
        (await site.WorkAsync(again.RunId)).State.ShouldBe(RunStates.Finished);
        site.Hook.Calls.ShouldBe(["a", "b", "b"]);
    }

    [Fact]
    public async Task A_failed_run_that_is_cancelled_is_not_taken_up_again()
    {
        await using var site = new RunSite();
        site.Hook.Script("b", _ => throw new JobFailedException("no data"));
        var yaml = "resume: true\n" + Yaml.Of("a", "b");
        var end = await site.RunAsync(yaml);
        end.State.ShouldBe(RunStates.Failed);
        await site.Runs.CancelAsync(end.RunId, default);
        (await site.Queries.GetAsync(end.RunId, default)).State.ShouldBe(RunStates.Cancelled);
        (await site.StartAsync(yaml)).IsResumed.ShouldBeFalse();
        (await Should.ThrowAsync<FaultException>(() => site.Runs.CancelAsync(end.RunId, default))).Message.ShouldContain("nothing to cancel");
        (await Should.ThrowAsync<FaultException>(() => site.Runs.RetryAsync(end.RunId, null, false, default))).Message.ShouldContain("cancelled");
    }

    [Fact]
    public async Task A_finished_run_is_not_taken_up_and_cannot_be_mended()
    {
        await using var site = new RunSite();
        var yaml = "resume: true\n" + Yaml.Of("a");
        var end = await site.RunAsync(yaml);
        (await site.StartAsync(yaml)).IsResumed.ShouldBeFalse();
        var refusal = await Should.ThrowAsync<FaultException>(() => site.MendAsync(end.RunId, Yaml.Of("a", "b")));
        refusal.Message.ShouldContain("finished");
    }

    [Fact]
    public async Task A_second_worker_is_told_that_the_run_is_busy_and_disturbs_nothing()
    {
        await using var site = new RunSite();
        site.Hook.Script("b", async (context, _) =>
        {
            var run = context.Job.RunId;
            (await Should.ThrowAsync<Engine.Leases.InstanceBusyException>(() => site.WorkAsync(run))).InstanceId.ShouldBe(run);
            (await Should.ThrowAsync<Engine.Leases.InstanceBusyException>(() => site.MendAsync(run, Yaml.Of("x")))).InstanceId.ShouldBe(run);
            context.Watcher.Log("loss", 0.5);
            return HookResult.One("b");
        });
        var end = await site.RunAsync(Yaml.Of("a", "b", "c|input: {extra_configs.x: anonymous.a.0}\nextra_configs: {}"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        site.Heard.Metrics.Select(m => m.Name).ShouldBe(["loss"]);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("")]
    public async Task An_id_is_no_pattern(string id)
    {
        await using var site = new RunSite();
        await site.RunAsync(Yaml.Of("a"));
        await Should.ThrowAsync<FaultException>(() => site.Queries.GetAsync(id, default));
    }

    [Fact]
    public async Task A_work_directory_that_cannot_be_written_does_not_hide_success()
    {
        await using var site = new RunSite();
        site.Write("out", "a file where the directory should be");
        var end = await site.RunAsync(Yaml.Of("a"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        end.Warnings.ShouldHaveSingleItem().ShouldContain("context_infos.json");
    }

    [Fact]
    public async Task A_failed_run_without_results_leaves_the_context_file_of_another_alone()
    {
        await using var site = new RunSite();
        await site.RunAsync(Yaml.Of("a"));
        var before = site.Read("out/context_infos.json");
        site.Hook.Script("a", _ => throw new JobFailedException("no"));
        (await site.RunAsync(Yaml.Of("a"))).State.ShouldBe(RunStates.Failed);
        site.Read("out/context_infos.json").ShouldBe(before);
    }

    [Fact]
    public async Task Lists_ask_the_database_no_more_often_for_more_runs()
    {
        await using var site = new RunSite();
        for (var i = 0; i < 3; i++)
        {
            await site.RunAsync(Yaml.Of("a"));
        }

        (await site.Queries.ListAsync(2, default)).Select(r => r.State).ShouldBe([RunStates.Finished, RunStates.Finished]);
        (await site.Queries.ListAsync(int.MaxValue, default)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_interrupted_run_shows_its_job_as_interrupted_and_goes_on()
    {
        await using var site = new RunSite();
        using var stop = new CancellationTokenSource();
        site.Hook.Script("a", async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return HookResult.None;
        });
        var start = await site.StartAsync(Yaml.Of("a", "b"));
        (await site.WorkAsync(start.RunId, stop.Token)).State.ShouldBe(RunStates.Interrupted);
        var run = await site.Queries.GetAsync(start.RunId, default);
        run.State.ShouldBe(RunStates.Interrupted);
        run.Jobs.Select(j => j.State).ShouldBe([RunStates.Interrupted, RunStates.Pending]);
        site.Hook.Script("a", _ => HookResult.One(1));
        (await site.WorkAsync(start.RunId)).State.ShouldBe(RunStates.Finished);
    }

    [Fact]
    public async Task Observers_hear_the_iteration_and_the_meta_name()
    {
        await using var site = new RunSite();
        var end = await site.RunAsync("max_iter_num: 2\n" + Yaml.Of("a"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        site.Heard.Started.Select(j => (j.MetaName, j.Iteration)).ShouldBe([("a", 1), ("a", 2)]);
        (await site.Queries.GetAsync(end.RunId, default)).Jobs.Select(j => j.Iteration).ShouldBe([1, 2]);
    }
}
