using System.Diagnostics;
using System.Globalization;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;
using static Sandbox.Engine.Tests.Runtime.Define;

namespace Sandbox.Engine.Tests.Runtime;

/// <summary>The test program as a worker process: works one instance, and says each job that it finished.</summary>
public static class WorkerProcess
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is [Definitions.SavingProcess.Role, .. var rest])
        {
            return await Definitions.SavingProcess.RunAsync(rest);
        }

        await using var engine = EngineHarness.At(arguments[0]);
        var outcome = await engine.RunAsync(arguments[1], observer: new Announcing());
        return outcome.End == RunEnd.Finished ? 0 : 1;
    }

    /// <summary>Starts a worker on an instance.</summary>
    internal static Process Start(EngineHarness engine, string instanceId)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(typeof(WorkerProcess).Assembly.Location);
        start.ArgumentList.Add(Path.GetDirectoryName(engine.DatabasePath)!);
        start.ArgumentList.Add(instanceId);
        return Process.Start(start)!;
    }

    private sealed class Announcing : IRuntimeObserver
    {
        public void JobFinished(JobEvent job, JobResult result) => Console.WriteLine(job.ActivityId);
    }
}

public sealed class KilledWorkerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task A_killed_worker_loses_its_lease_at_once_and_no_finished_job_runs_again(int killAfter)
    {
        await using var engine = new EngineHarness();
        var texts = Enumerable.Range(0, 200).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var id = await engine.CreateAsync(Workflow(Sequence("s", [.. texts.Select(text => Job(text))])));
        using var worker = WorkerProcess.Start(engine, id);
        for (var i = 0; i < killAfter; i++)
        {
            (await worker.StandardOutput.ReadLineAsync()).ShouldBe($"job-{i}");
        }

        worker.Kill();
        await worker.WaitForExitAsync();
        var finished = (await engine.Queries.JobsAsync(id, default)).Count(job => job.State == JobState.Completed);
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        finished.ShouldBeGreaterThanOrEqualTo(killAfter);
        engine.Handler.Ran.ShouldBe(texts[finished..]);
    }
}
