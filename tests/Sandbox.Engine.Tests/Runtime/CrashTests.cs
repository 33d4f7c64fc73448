using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using static Sandbox.Engine.Tests.Runtime.Define;

namespace Sandbox.Engine.Tests.Runtime;

public sealed class CrashTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_crash_at_any_commit_loses_nothing_and_commits_no_job_twice(bool afterCommit)
    {
        var undisturbed = await RunAsync(crashAt: int.MaxValue, afterCommit);
        undisturbed.Commits.ShouldBeGreaterThan(10);
        for (var k = 1; k <= undisturbed.Commits; k++)
        {
            var disturbed = await RunAsync(k, afterCommit);
            disturbed.Crashed.ShouldBeTrue();
            disturbed.Jobs.ShouldBe(undisturbed.Jobs, $"crash at commit {k}");
            disturbed.Journal.ShouldBe(undisturbed.Journal, $"crash at commit {k}");
            disturbed.Output.ShouldBe(undisturbed.Output, $"crash at commit {k}");
        }
    }

    private static async Task<Trace> RunAsync(int crashAt, bool afterCommit)
    {
        await using var first = new EngineHarness(options: new RuntimeOptions { MaxParallelJobs = 1 });
        Script(first.Handler);
        var id = await first.CreateAsync(Workload());
        var commits = 0;
        void Die(bool now)
        {
            if (now)
            {
                throw new IOException("killed");
            }
        }

        // A process that has died commits nothing more, not even the return of its lease.
        first.Probe.BeforeCommit = () => Die(afterCommit ? commits >= crashAt : ++commits >= crashAt);
        first.Probe.AfterCommit = () => Die(afterCommit && ++commits >= crashAt);
        var crashed = false;
        try
        {
            (await first.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        }
        catch (IOException)
        {
            crashed = true;
        }

        await using var second = new EngineHarness(first, options: new RuntimeOptions { MaxParallelJobs = 1 });
        (await second.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        var journal = await second.Queries.JournalAsync(id, 0, 1000, default);
        var ran = await second.Queries.StepsAsync("ran", default);
        return new Trace(
            crashed,
            commits,
            [.. ran.Select(step => step.Name).Order(StringComparer.Ordinal)],
            [.. journal.Select(e => $"{e.NodeId} {e.EventName}")],
            (await second.Queries.GetAsync(id, default))!.Output.ToJsonString());
    }

    private static WorkflowDefinition Workload()
    {
        var more = new Variable("more", "More", "Boolean", "true");
        var item = new InputBinding("Object", "Variable", new JsonObject { ["id"] = "CurrentValue" });
        var loop = Activity("Elsa.ForEach", "each", ("items", new JsonArray("x", "y"))).Port("body", Activity("Test.Job", "item").With("text", item));
        var flow = Flowchart(
            [
                Sequence("head", Job("a"), Job("b")), Activity("Elsa.Fork", "fork").Port("branches", Job("l"), Sequence("r", Job("r1"), Job("r2"))),
                Job("count").To("result", more.Id), loop, Activity("Elsa.FlowDecision", "d").From("condition", more), Job("end").To("result", "Answer"),
            ],
            "head -> fork", "head -> job-count", "fork -> each", "job-count -> each", "each -> d", "d.True -> head", "d.False -> job-end");
        return Workflow(flow, more);
    }

    private static void Script(ScriptedHandler handler)
    {
        foreach (var text in (string[])["a", "b", "l", "r1", "r2", "x", "y", "end"])
        {
            handler.On(text, (job, _) => Task.FromResult(ScriptedHandler.Result(text) with { CommitWork = [new Note(job, text)] }));
        }

        handler.On("count", async (job, ct) => new JobResult(
            new JsonObject { ["Result"] = (await job.FindStepAsync(1, ct) is null) && !await Again(job, ct) }, [], [new Note(job, "count")]));
    }

    /// <summary>The loop goes round twice: the second execution of the activity finds the first one's note.</summary>
    private static async Task<bool> Again(JobExecution job, CancellationToken cancellationToken)
    {
        var found = false;
        await job.CommitAsync(new Look(count => found = count > 0), cancellationToken);
        return found;
    }

    /// <summary>Notes that a job committed; a second time would show as a second row.</summary>
    private sealed class Note(JobExecution job, string text) : ICommitWork
    {
        public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
        {
            await using var command = scope.Connection.CreateCommand();
            command.Transaction = scope.Transaction;
            command.CommandText = "INSERT INTO JobSteps SELECT 'ran', COUNT(*), $name, NULL, 0 FROM JobSteps WHERE JobId = 'ran'";
            var name = command.CreateParameter();
            (name.ParameterName, name.Value) = ("$name", text);
            command.Parameters.Add(name);
            await command.ExecuteNonQueryAsync(cancellationToken);
            job.Attempt.ShouldBe(1);
        }
    }

    private sealed class Look(Action<long> see) : ICommitWork
    {
        public async Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken)
        {
            await using var command = scope.Connection.CreateCommand();
            command.Transaction = scope.Transaction;
            command.CommandText = "SELECT COUNT(*) FROM JobSteps WHERE JobId = 'ran' AND Name = 'count'";
            see((long)(await command.ExecuteScalarAsync(cancellationToken))!);
        }
    }

    private sealed record Trace(bool Crashed, int Commits, string[] Jobs, string[] Journal, string Output);
}
