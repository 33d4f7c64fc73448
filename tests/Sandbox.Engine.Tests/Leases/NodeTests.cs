using Microsoft.Extensions.Time.Testing;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Tests.Runtime;
using static Sandbox.Engine.Tests.Runtime.Define;

namespace Sandbox.Engine.Tests.Leases;

/// <summary>What an attempt has on a node, no other node takes up.</summary>
public sealed class NodeTests
{
    [Fact]
    public async Task A_job_that_owns_something_on_its_node_is_taken_up_there_and_nowhere_else()
    {
        await using var first = new EngineHarness(options: new RuntimeOptions { Node = "a" });
        await using var second = new EngineHarness(first, options: new RuntimeOptions { Node = "b" });
        var id = await InterruptedAsync(first, "train", job => job.OwnAsync(CancellationToken.None));

        var busy = await Should.ThrowAsync<InstanceBusyException>(second.RunAsync(id));

        busy.Message.ShouldContain("node \"a\"");
        first.Handler.Ran.ShouldBeEmpty();
        (await first.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
    }

    [Fact]
    public async Task A_job_that_owns_nothing_is_taken_up_anywhere()
    {
        await using var first = new EngineHarness(options: new RuntimeOptions { Node = "a" });
        await using var second = new EngineHarness(first, options: new RuntimeOptions { Node = "b" });
        var id = await InterruptedAsync(first, "train", _ => Task.CompletedTask);

        (await second.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
    }

    [Fact]
    public async Task What_an_attempt_owned_does_not_bind_the_next_one()
    {
        await using var first = new EngineHarness(options: new RuntimeOptions { Node = "a" });
        await using var second = new EngineHarness(first, options: new RuntimeOptions { Node = "b" });
        first.Handler.On("train", async (job, _) =>
        {
            await job.OwnAsync(CancellationToken.None);
            return job.Attempt == 1 ? throw new JobFailure("first") : JobResult.Done;
        });
        var id = await first.CreateAsync(Workflow(Job("train")));
        (await first.RunAsync(id)).End.ShouldBe(RunEnd.Faulted);

        await first.Runtime.RetryAsync(id, null, fromScratch: false, CancellationToken.None);

        (await second.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
    }

    [Fact]
    public async Task From_a_node_that_does_not_come_back_the_job_can_be_taken()
    {
        await using var first = new EngineHarness(options: new RuntimeOptions { Node = "a" });
        await using var second = new EngineHarness(first, options: new RuntimeOptions { Node = "b" });
        var id = await InterruptedAsync(first, "train", job => job.OwnAsync(CancellationToken.None));

        await second.Runtime.DisownAsync(id, CancellationToken.None);

        (await second.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
    }

    [Theory]
    [InlineData(30, RunEnd.Finished)]
    [InlineData(90, RunEnd.Faulted)]
    public async Task The_time_of_an_attempt_counts_from_where_an_earlier_process_began(int minutesAgo, RunEnd expected)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var engine = new EngineHarness(time: time);
        engine.Handler.On("train", async (job, cancellationToken) =>
        {
            job.CountFrom(time.GetUtcNow() - TimeSpan.FromMinutes(minutesAgo));
            job.CountFrom(time.GetUtcNow() + TimeSpan.FromDays(1));
            if (expected == RunEnd.Faulted)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return JobResult.Done;
        });

        var run = engine.RunAsync(Job("train", ("timeout", "1h")));

        (await run.WaitAsync(TimeSpan.FromMinutes(2))).End.ShouldBe(expected);
    }

    private static async Task<string> InterruptedAsync(EngineHarness engine, string text, Func<JobExecution, Task> begin)
    {
        using var stop = new CancellationTokenSource();
        engine.Handler.On(text, async (job, cancellationToken) =>
        {
            if (job.Fence == 1)
            {
                await begin(job);
                await stop.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return JobResult.Done;
        });
        var id = await engine.CreateAsync(Workflow(Job(text)));
        (await engine.RunAsync(id, stop.Token)).End.ShouldBe(RunEnd.Interrupted);
        return id;
    }
}
