using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Tests.Runtime;
using static Sandbox.Engine.Tests.Runtime.Define;

namespace Sandbox.Engine.Tests.Jobs;

public sealed class JobTests
{
    [Fact]
    public async Task A_failed_attempt_is_tried_again_after_a_doubling_pause()
    {
        var time = new FakeTimeProvider();
        await using var engine = new EngineHarness(time: time);
        var attempts = new List<int>();
        engine.Handler.On("a", (job, _) =>
        {
            attempts.Add(job.Attempt);
            return job.Attempt < 3 ? throw new JobFailure("not yet") : Task.FromResult(JobResult.Done);
        });
        var retries = new RetryTimes();
        var id = await engine.CreateAsync(Workflow(Job("a", ("maxAttempts", "3"), ("backoff", "10s"))));
        var run = engine.RunAsync(id, observer: retries);
        foreach (var pause in (int[])[10, 20])
        {
            // The clock stands still until the retry is committed, then it jumps to the due time.
            var due = await retries.Due.Reader.ReadAsync();
            (due - time.GetUtcNow()).TotalSeconds.ShouldBe(pause);
            time.Advance(due - time.GetUtcNow());
        }

        (await run).End.ShouldBe(RunEnd.Finished);
        attempts.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_job_without_attempts_left_faults_with_the_activity_and_the_message()
    {
        await using var engine = new EngineHarness();
        engine.Handler.Fail("a", new JobFailure("disk is full"));
        var id = await engine.CreateAsync(Workflow(Sequence("s", Job("a"), Line("never"))));
        var outcome = await engine.RunAsync(id);
        outcome.End.ShouldBe(RunEnd.Faulted);
        outcome.Incidents.Single().ShouldSatisfyAllConditions(
            i => i.ActivityId.ShouldBe("job-a"), i => i.Message.ShouldBe("disk is full"), i => i.Exception!["stackTrace"].ShouldBeNull());
        var job = (await engine.Queries.JobsAsync(id, default)).Single();
        job.State.ShouldBe(JobState.Faulted);
        job.Message.ShouldBe("disk is full");
        engine.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failure_that_would_only_come_again_is_not_tried_again()
    {
        await using var engine = new EngineHarness();
        engine.Handler.Fail("a", new JobFailure("no such file") { NonRetryable = true });
        (await engine.RunAsync(Job("a", ("maxAttempts", "5")))).End.ShouldBe(RunEnd.Faulted);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_told_why_and_fails()
    {
        var time = new FakeTimeProvider();
        await using var engine = new EngineHarness(time: time);
        var reason = JobStopReason.None;
        engine.Handler.On("a", async (job, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => reason = job.StopReason, TaskScheduler.Default);
            ct.ThrowIfCancellationRequested();
            return JobResult.Done;
        });
        var id = await engine.CreateAsync(Workflow(Job("a", ("timeout", "1h"))));
        var outcome = await Advance(time, engine.RunAsync(id), TimeSpan.FromMinutes(5));
        outcome.End.ShouldBe(RunEnd.Faulted);
        outcome.Incidents.Single().Message.ShouldContain("01:00:00");
        reason.ShouldBe(JobStopReason.TimedOut);
    }

    [Fact]
    public async Task Retry_gives_a_faulted_job_a_new_series_of_attempts_and_keeps_its_steps()
    {
        await using var engine = new EngineHarness();
        var seen = new List<(int Attempt, bool HasStep)>();
        engine.Handler.On("a", async (job, ct) =>
        {
            seen.Add((job.Attempt, await job.FindStepAsync(1, ct) is not null));
            await job.RecordStepAsync(1, "install", new JsonObject { ["ok"] = true }, ct);
            return seen.Count < 3 ? throw new JobFailure("broken") : JobResult.Done;
        });
        var id = await engine.CreateAsync(Workflow(Sequence("s", Job("a"), Line("after"))));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Faulted);
        (await engine.Runtime.RetryAsync(id, null, fromScratch: false, default)).ShouldBe(1);
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Faulted);
        var job = (await engine.Queries.JobsAsync(id, default)).Single();
        await engine.Runtime.RetryAsync(id, job.Id, fromScratch: true, default);
        var outcome = await engine.RunAsync(id);
        outcome.End.ShouldBe(RunEnd.Finished);
        outcome.Incidents.ShouldBeEmpty();
        seen.ShouldBe([(1, false), (2, true), (3, false)]);
        engine.Lines.ShouldBe(["after"]);
    }

    [Fact]
    public async Task Nothing_that_has_not_faulted_can_be_tried_again()
    {
        await using var engine = new EngineHarness();
        var id = await engine.CreateAsync(Workflow(Line("a")));
        await engine.RunAsync(id);
        (await Should.ThrowAsync<InvalidOperationException>(engine.Runtime.RetryAsync(id, null, false, default))).Message.ShouldContain("finished");
    }

    [Fact]
    public async Task A_fault_stops_jobs_of_other_branches_and_a_retry_takes_them_up_again()
    {
        await using var engine = new EngineHarness(options: new RuntimeOptions { MaxParallelJobs = 2 });
        var running = new TaskCompletionSource();
        var stopped = 0;
        engine.Handler.On("long", async (job, ct) =>
        {
            if (job.Attempt > 1)
            {
                return JobResult.Done;
            }

            running.SetResult();
            await Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => stopped++, TaskScheduler.Default);
            ct.ThrowIfCancellationRequested();
            return JobResult.Done;
        });
        engine.Handler.On("bad", async (job, _) =>
        {
            await running.Task;
            return job.Attempt == 1 ? throw new JobFailure("bad") : JobResult.Done;
        });
        var id = await engine.CreateAsync(Workflow(Sequence("s", Activity("Elsa.Fork", "f").Port("branches", Job("long"), Job("bad")), Line("end"))));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Faulted);
        stopped.ShouldBe(1);
        (await engine.Queries.JobsAsync(id, default)).Select(j => j.State).ShouldBe([JobState.Cancelled, JobState.Faulted]);
        await engine.Runtime.RetryAsync(id, null, false, default);
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        engine.Handler.Ran.Order(StringComparer.Ordinal).ShouldBe(["bad", "long"]);
        engine.Lines.ShouldBe(["end"]);
    }

    [Fact]
    public async Task With_continue_with_incidents_other_branches_go_on_and_merges_wait_for_the_retry()
    {
        await using var engine = new EngineHarness();
        engine.Handler.Fail("bad", new JobFailure("bad"));
        var flow = Flowchart(
            [Line("s"), Job("bad"), Job("good"), Line("good-end"), Line("m")],
            "line-s -> job-bad", "line-s -> job-good", "job-good -> line-good-end", "line-good-end -> line-m", "job-bad -> line-m");
        var id = await engine.CreateAsync(Workflow(flow).Continuing());
        var outcome = await engine.RunAsync(id);
        outcome.End.ShouldBe(RunEnd.Faulted);
        outcome.Incidents.Single().ActivityId.ShouldBe("job-bad");
        engine.Lines.ShouldBe(["s", "good-end"]);
        await engine.Runtime.RetryAsync(id, null, false, default);
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        engine.Lines.ShouldBe(["s", "good-end", "m"]);
        engine.Handler.Ran.ShouldBe(["good", "bad"]);
    }

    [Fact]
    public async Task Work_of_a_result_is_written_with_it_or_not_at_all()
    {
        await using var engine = new EngineHarness();
        var attempts = 0;
        engine.Handler.On("a", (_, _) => Task.FromResult(new JobResult([], [], [new SqlWork("INSERT INTO JobSteps VALUES ('x', 1, 'n', NULL, 0)"), new Broken(() => ++attempts == 1)])));
        var id = await engine.CreateAsync(Workflow(Job("a")));
        await Should.ThrowAsync<IOException>(engine.RunAsync(id));
        (await engine.Queries.StepsAsync("x", default)).ShouldBeEmpty();
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        (await engine.Queries.StepsAsync("x", default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_commits_in_the_middle_and_progress_reaches_the_observer()
    {
        await using var engine = new EngineHarness();
        var observer = new Listening();
        engine.Handler.On("a", async (job, ct) =>
        {
            await job.CommitAsync(new SqlWork("INSERT INTO JobSteps VALUES ('y', 1, 'n', NULL, 0)"), ct);
            job.Report(0.5, "half");
            return (await engine.Queries.StepsAsync("y", ct)).Count == 1 ? JobResult.Done : throw new JobFailure("not there");
        });
        var id = await engine.CreateAsync(Workflow(Job("a")));
        (await engine.RunAsync(id, observer: observer)).End.ShouldBe(RunEnd.Finished);
        observer.Heard.ShouldBe(["started job-a 1", "progress 0.5 half", "finished job-a 1"]);
    }

    /// <summary>Lets the fake clock run until the engine is done.</summary>
    private static async Task<RunOutcome> Advance(FakeTimeProvider time, Task<RunOutcome> run, TimeSpan? step = null)
    {
        while (!run.IsCompleted)
        {
            time.Advance(step ?? TimeSpan.FromSeconds(0.5));
            await Task.WhenAny(run, Task.Delay(5));
        }

        return await run;
    }

    private sealed class SqlWork(string sql) : ICommitWork
    {
        public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
        {
            await using var command = scope.Connection.CreateCommand();
            command.Transaction = scope.Transaction;
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private sealed class Broken(Func<bool> isBroken) : ICommitWork
    {
        public Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken) =>
            isBroken() ? throw new IOException("disk full") : Task.CompletedTask;
    }

    private sealed class RetryTimes : IRuntimeObserver
    {
        public Channel<DateTimeOffset> Due { get; } = Channel.CreateUnbounded<DateTimeOffset>();

        public void JobFailed(JobEvent job, string message, DateTimeOffset? retryAt) => Due.Writer.TryWrite(retryAt!.Value);
    }

    private sealed class Listening : IRuntimeObserver
    {
        public List<string> Heard { get; } = [];

        public void JobStarted(JobEvent job) => Heard.Add($"started {job.ActivityId} {job.Attempt}");

        public void JobProgress(JobEvent job, double? fraction, string text) =>
            Heard.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"progress {fraction} {text}"));

        public void JobFinished(JobEvent job, JobResult result) => Heard.Add($"finished {job.ActivityId} {job.Attempt}");
    }
}
