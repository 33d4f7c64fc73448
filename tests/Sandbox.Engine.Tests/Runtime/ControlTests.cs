using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;
using static Sandbox.Engine.Tests.Runtime.Define;

namespace Sandbox.Engine.Tests.Runtime;

public sealed class ControlTests
{
    private static readonly RuntimeOptions Quick = new() { PollInterval = TimeSpan.FromMilliseconds(20), MaxParallelJobs = 2 };

    [Fact]
    public async Task Interrupted_jobs_go_back_to_the_queue_in_the_same_attempt()
    {
        await using var engine = new EngineHarness();
        using var stop = new CancellationTokenSource();
        var seen = new List<(int Attempt, long Fence, JobStopReason Reason)>();
        engine.Handler.On("a", async (job, ct) =>
        {
            if (seen.Count == 0)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => seen.Add((job.Attempt, job.Fence, job.StopReason)), TaskScheduler.Default);
                ct.ThrowIfCancellationRequested();
            }

            seen.Add((job.Attempt, job.Fence, job.StopReason));
            return JobResult.Done;
        });
        var id = await engine.CreateAsync(Workflow(Job("a")));
        (await engine.RunAsync(id, stop.Token)).End.ShouldBe(RunEnd.Interrupted);
        (await engine.Queries.JobsAsync(id, default)).Single().State.ShouldBe(JobState.Queued);
        (await engine.Queries.GetAsync(id, default))!.SubStatus.ShouldBe(WorkflowSubStatus.Interrupted);
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        seen.ShouldBe([(1, 1, JobStopReason.Interrupted), (1, 2, JobStopReason.None)]);
    }

    [Fact]
    public async Task A_job_that_finishes_while_interrupted_is_committed()
    {
        await using var engine = new EngineHarness();
        using var stop = new CancellationTokenSource();
        engine.Handler.On("a", async (_, _) =>
        {
            await stop.CancelAsync();
            return JobResult.Done;
        });
        var id = await engine.CreateAsync(Workflow(Sequence("s", Job("a"), Job("b"))));
        (await engine.RunAsync(id, stop.Token)).End.ShouldBe(RunEnd.Interrupted);
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        engine.Handler.Ran.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_paused_instance_finishes_what_runs_and_starts_nothing_more()
    {
        await using var engine = new EngineHarness(options: Quick);
        await using var other = new EngineHarness(engine);
        engine.Handler.On("a", async (job, ct) =>
        {
            await other.Runtime.PauseAsync(job.InstanceId, ct);
            await Task.Delay(100, ct);
            return JobResult.Done;
        });
        var id = await engine.CreateAsync(Workflow(Sequence("s", Job("a"), Job("b"))));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Paused);
        engine.Handler.Ran.ShouldBe(["a"]);
        var instance = (await engine.Queries.GetAsync(id, default))!;
        (instance.SubStatus, instance.PauseRequested).ShouldBe((WorkflowSubStatus.Suspended, true));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Paused);
        await engine.Runtime.UnpauseAsync(id, default);
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        engine.Handler.Ran.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Cancel_reaches_the_handlers_of_whoever_works_the_instance()
    {
        await using var engine = new EngineHarness(options: Quick);
        await using var other = new EngineHarness(engine);
        var reason = JobStopReason.None;
        engine.Handler.On("a", async (job, ct) =>
        {
            await other.Runtime.CancelAsync(job.InstanceId, ct);
            await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => reason = job.StopReason, TaskScheduler.Default);
            throw new JobFailure("exit code 143");
        });
        var id = await engine.CreateAsync(Workflow(Sequence("s", Job("a"), Line("never"))));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Cancelled);
        reason.ShouldBe(JobStopReason.Cancelled);
        (await engine.Queries.JobsAsync(id, default)).Single().State.ShouldBe(JobState.Cancelled);
        (await engine.Queries.GetAsync(id, default))!.SubStatus.ShouldBe(WorkflowSubStatus.Cancelled);
        (await engine.Queries.ExecutionsAsync(id, null, default)).ShouldAllBe(e => e.CompletedAt != null);
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Cancelled);
    }

    [Fact]
    public async Task An_instance_that_nobody_works_is_cancelled_at_once()
    {
        await using var engine = new EngineHarness();
        var id = await engine.CreateAsync(Workflow(Activity("Elsa.Event", "e", ("eventName", "go"))));
        await engine.RunAsync(id);
        await engine.Runtime.CancelAsync(id, default);
        (await engine.Queries.GetAsync(id, default))!.SubStatus.ShouldBe(WorkflowSubStatus.Cancelled);
        (await engine.Runtime.PublishEventAsync("go", null, default)).ShouldBeEmpty();
        await Should.ThrowAsync<KeyNotFoundException>(engine.Runtime.CancelAsync("nobody", default));
    }

    [Fact]
    public async Task A_faulted_instance_can_be_given_up()
    {
        await using var engine = new EngineHarness();
        var calls = 0;
        engine.Handler.On("a", (_, _) => throw new JobFailure($"no data {++calls}"));
        var id = await engine.CreateAsync(Workflow(Sequence("s", Job("a"), Line("never"))));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Faulted);
        await engine.Runtime.CancelAsync(id, default);
        var instance = (await engine.Queries.GetAsync(id, default))!;
        (instance.Status, instance.SubStatus).ShouldBe((WorkflowStatus.Finished, WorkflowSubStatus.Cancelled));
        (await engine.Queries.JobsAsync(id, default)).Single().State.ShouldBe(JobState.Faulted);
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Cancelled);
        calls.ShouldBe(1);
        engine.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_resumes_who_waits_for_it_with_its_payload()
    {
        await using var engine = new EngineHarness();
        var wait = Activity("Elsa.Event", "e", ("eventName", "go")).To("result", "Answer");
        var id = await engine.CreateAsync(Workflow(Sequence("s", wait, Line("after"))));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Suspended);
        (await engine.Runtime.PublishEventAsync("other", null, default)).ShouldBeEmpty();
        (await engine.Runtime.PublishEventAsync("go", "yes", default)).ShouldBe([id]);
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        (await engine.Queries.GetAsync(id, default))!.Output["Answer"]!.GetValue<string>().ShouldBe("yes");
        engine.Lines.ShouldBe(["after"]);
    }

    [Fact]
    public async Task An_event_from_another_process_reaches_the_worker_while_it_works()
    {
        await using var engine = new EngineHarness(options: Quick);
        await using var other = new EngineHarness(engine);
        engine.Handler.On("a", async (job, ct) =>
        {
            await other.Runtime.PublishEventAsync("go", null, ct);
            while (!engine.Lines.Contains("heard"))
            {
                await Task.Delay(10, ct);
            }

            return JobResult.Done;
        });
        var branch = Sequence("s", Activity("Elsa.Event", "e", ("eventName", "go")), Line("heard"));
        (await engine.RunAsync(Activity("Elsa.Fork", "f").Port("branches", branch, Job("a")))).End.ShouldBe(RunEnd.Finished);
    }

    [Fact]
    public async Task A_delay_is_durable()
    {
        var time = new FakeTimeProvider();
        await using var engine = new EngineHarness(time: time);
        using var stop = new CancellationTokenSource();
        var id = await engine.CreateAsync(Workflow(Sequence("s", Activity("Elsa.Delay", "d", ("timeSpan", "01:00:00")), Line("after"))));
        var run = engine.RunAsync(id, stop.Token);
        await stop.CancelAsync();
        (await run).End.ShouldBe(RunEnd.Interrupted);
        time.Advance(TimeSpan.FromMinutes(61));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        engine.Lines.ShouldBe(["after"]);
    }

    [Fact]
    public async Task A_delay_ends_when_its_time_has_come()
    {
        var time = new FakeTimeProvider();
        await using var engine = new EngineHarness(time: time);
        var id = await engine.CreateAsync(Workflow(Activity("Elsa.Delay", "d", ("timeSpan", "90s"))));
        var start = time.GetUtcNow();
        var run = engine.RunAsync(id);
        while (!run.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(run, Task.Delay(5));
        }

        (await run).End.ShouldBe(RunEnd.Finished);
        ((await engine.Queries.GetAsync(id, default))!.FinishedAt!.Value - start).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task A_delay_ends_although_its_timer_fires_too_early()
    {
        await using var engine = new EngineHarness(time: new HastyTime());
        var id = await engine.CreateAsync(Workflow(Activity("Elsa.Delay", "d", ("timeSpan", "300ms"))));
        (await engine.RunAsync(id).WaitAsync(TimeSpan.FromMinutes(1))).End.ShouldBe(RunEnd.Finished);
    }

    [Fact]
    public async Task Restart_begins_anew_under_another_version_and_keeps_the_history()
    {
        await using var engine = new EngineHarness();
        engine.Handler.Fail("a", new JobFailure("wrong config"));
        var id = await engine.CreateAsync(Workflow(Job("a")));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Faulted);
        var mended = Workflow(Sequence("s", Job("b"), Activity("Elsa.WriteLine", "w").With("text", new InputBinding("String", "Input", "Order"))));
        await engine.StoreAsync(mended);
        await engine.Runtime.RestartAsync(id, mended.Id, new JsonObject { ["Order"] = "again" }, [], default);
        var outcome = await engine.RunAsync(id);
        (outcome.End, outcome.Incidents.Count).ShouldBe((RunEnd.Finished, 0));
        engine.Lines.ShouldBe(["again"]);
        var instance = (await engine.Queries.GetAsync(id, default))!;
        instance.DefinitionVersionId.ShouldBe(mended.Id);
        instance.IncidentCount.ShouldBe(0);
        (await engine.Queries.JobsAsync(id, default)).Select(j => (j.ActivityId, j.State))
            .ShouldBe([("job-a", JobState.Faulted), ("job-b", JobState.Completed)]);
        var journal = await engine.Queries.JournalAsync(id, 0, 100, default);
        journal.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, journal.Count).Select(i => (long)i));
    }
}
