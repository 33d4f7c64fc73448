using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Tests.Runtime;

public sealed class WaitOutsideTests
{
    [Fact]
    public async Task Jobs_that_wait_outside_leave_their_places_to_others()
    {
        const int Jobs = 12;
        await using var engine = new EngineHarness(options: new RuntimeOptions { MaxParallelJobs = 1 });
        var waiting = new ConcurrentBag<string>();
        var all = new TaskCompletionSource();
        for (var i = 0; i < Jobs; i++)
        {
            engine.Handler.On(FormattableString.Invariant($"job {i}"), async (job, cancellationToken) =>
            {
                using var outside = job.WaitOutside();
                waiting.Add(job.JobId);
                if (waiting.Count == Jobs)
                {
                    all.SetResult();
                }

                await all.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
                return JobResult.Done;
            });
        }

        var names = Enumerable.Range(0, Jobs).Select(i => FormattableString.Invariant($"job {i}")).ToList();
        var outcome = await engine.RunAsync(Define.Flowchart(
            [Define.Line("go"), .. names.Select(n => Define.Job(n))], [.. names.Select(n => $"line-go -> job-{n}")]));

        outcome.End.ShouldBe(RunEnd.Finished);
        waiting.Distinct().Count().ShouldBe(Jobs);
    }

    [Theory]
    [InlineData(true, RunEnd.Finished)]
    [InlineData(false, RunEnd.Faulted)]
    public async Task Time_spent_in_line_does_not_count_against_the_timeout_and_all_other_does(bool isInLine, RunEnd expected)
    {
        var time = new FakeTimeProvider();
        await using var engine = new EngineHarness(time: time);
        var (entered, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        engine.Handler.On("slow", async (job, cancellationToken) =>
        {
            using (isInLine ? job.WaitInLine() : job.WaitOutside())
            {
                entered.SetResult();
                await released.Task.WaitAsync(cancellationToken);
            }

            return JobResult.Done;
        });

        var run = engine.RunAsync(Define.Job("slow", ("timeout", "1h")));
        await entered.Task;
        time.Advance(TimeSpan.FromHours(2));
        if (isInLine)
        {
            released.SetResult();
        }

        (await run.WaitAsync(TimeSpan.FromMinutes(2))).End.ShouldBe(expected);
    }
}
