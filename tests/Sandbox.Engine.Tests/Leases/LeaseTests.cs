using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Tests.Runtime;
using static Sandbox.Engine.Tests.Runtime.Define;

namespace Sandbox.Engine.Tests.Leases;

public sealed class LeaseTests
{
    [Fact]
    public async Task Of_two_workers_of_one_instance_one_works_and_the_other_says_who()
    {
        await using var first = new EngineHarness();
        await using var second = new EngineHarness(first);
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        first.Handler.On("a", async (_, _) =>
        {
            started.SetResult();
            await go.Task;
            return JobResult.Done;
        });
        var id = await first.CreateAsync(Workflow(Job("a")));
        var run = first.RunAsync(id);
        await started.Task;
        var busy = await Should.ThrowAsync<InstanceBusyException>(second.RunAsync(id));
        busy.Message.ShouldContain(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        busy.Message.ShouldContain(Environment.MachineName);
        (await second.Queries.GetAsync(id, default))!.Holder.ShouldNotBeNull();
        go.SetResult();
        (await run).End.ShouldBe(RunEnd.Finished);
        (await second.Queries.GetAsync(id, default))!.Holder.ShouldBeNull();
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_commits_nothing()
    {
        await using var first = new EngineHarness();
        await using var second = new EngineHarness(first);
        var started = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        Exception? inTheMiddle = null;
        first.Handler.On("a", async (job, ct) =>
        {
            if (job.Fence > 1)
            {
                return JobResult.Done;
            }

            started.SetResult();
            await go.Task;
            inTheMiddle = await Record.ExceptionAsync(() => job.RecordStepAsync(1, "late", null, CancellationToken.None));
            return JobResult.Done;
        });
        var id = await first.CreateAsync(Workflow(Job("a")));
        var stale = first.RunAsync(id);
        await started.Task;
        await Foreign(first, id, DateTimeOffset.MinValue);
        (await second.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        var jobs = await second.Queries.JobsAsync(id, default);
        go.SetResult();
        await Should.ThrowAsync<LeaseLostException>(stale);
        inTheMiddle.ShouldBeOfType<LeaseLostException>();
        (await second.Queries.StepsAsync(jobs.Single().Id, default)).ShouldBeEmpty();
        (await second.Queries.JournalAsync(id, 0, 100, default)).Count(e => e.EventName == "Completed").ShouldBe(2);
    }

    [Fact]
    public async Task A_lease_of_another_host_holds_until_it_expires()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = new EngineHarness(time: time);
        var id = await engine.CreateAsync(Workflow(Line("x")));
        await Foreign(engine, id, time.GetUtcNow() + TimeSpan.FromSeconds(30));
        (await Should.ThrowAsync<InstanceBusyException>(engine.RunAsync(id))).Holder.ShouldBe("process 1 on elsewhere");
        time.Advance(TimeSpan.FromSeconds(31));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
    }

    [Fact]
    public void A_process_id_used_again_is_not_the_holder()
    {
        using var self = LeaseHolder.New();
        self.IsKnownAlive().ShouldBeTrue();
        (self with { StartTime = self.StartTime + 1 }).IsKnownDead().ShouldBeTrue();
        (self with { BootId = "another" }).IsKnownDead().ShouldBeFalse();
        LeaseHolder.Parse(self.Format()).ShouldBe(self);
        LeaseHolder.Parse("nonsense").ShouldBeNull();
    }

    /// <summary>Puts the lease into the hands of a process of another host.</summary>
    private static async Task Foreign(EngineHarness engine, string id, DateTimeOffset expires)
    {
        await using var session = await engine.Services.OpenAsync(default);
        await session.WriteAsync(
            _ => session.ExecuteAsync(
                "UPDATE WorkflowInstances SET LeaseHolder = 'boot|1|2|token|elsewhere', LeaseExpiresAt = @p1 WHERE Id = @p0", id, expires.UtcTicks),
            default);
    }
}
