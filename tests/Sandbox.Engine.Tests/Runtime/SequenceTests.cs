using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;
using static Sandbox.Engine.Tests.Runtime.Define;

namespace Sandbox.Engine.Tests.Runtime;

public sealed class SequenceTests
{
    [Fact]
    public async Task Activities_of_a_sequence_run_in_order_to_the_end()
    {
        await using var engine = new EngineHarness();
        var outcome = await engine.RunAsync(Sequence("s", Line("one"), Sequence("inner", Line("two"), Line("three")), Line("four")));
        outcome.End.ShouldBe(RunEnd.Finished);
        engine.Lines.ShouldBe(["one", "two", "three", "four"]);
    }

    [Fact]
    public async Task Jobs_run_one_after_another_and_their_outputs_reach_variables_and_workflow_outputs()
    {
        await using var engine = new EngineHarness();
        var said = new Variable("said-id", "Said", "String");
        var root = Sequence("s", Job("a").To("result", said.Id), Activity("Test.Job", "b").From("text", said).To("result", "Answer"));
        var id = await engine.CreateAsync(Workflow(root, said));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        engine.Handler.Ran.ShouldBe(["a", "A"]);
        (await engine.Queries.GetAsync(id, default))!.Output["Answer"]!.GetValue<string>().ShouldBe("A");
        (await engine.Queries.JobsAsync(id, default)).ShouldAllBe(job => job.State == JobState.Completed);
    }

    [Fact]
    public async Task Created_instance_is_pending_until_it_is_run()
    {
        await using var engine = new EngineHarness();
        var id = await engine.CreateAsync(Workflow(Line("x")));
        var instance = (await engine.Queries.GetAsync(id, default))!;
        instance.SubStatus.ShouldBe(WorkflowSubStatus.Pending);
        instance.Status.ShouldBe(WorkflowStatus.Running);
        engine.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_runs_before_the_next_job_runs_after_the_commit_and_before_the_next_job_starts()
    {
        await using var engine = new EngineHarness();
        var order = new List<string>();
        engine.Handler.On("a", (job, _) => Task.FromResult(JobResult.Done with
        {
            BeforeNext = async ct =>
            {
                order.Add((await engine.Queries.JobsAsync(job.InstanceId, ct))[0].State.ToString());
                order.Add("between");
            },
        }));
        engine.Handler.On("b", (_, _) =>
        {
            order.Add("b");
            return Task.FromResult(JobResult.Done);
        });
        await engine.RunAsync(Sequence("s", Job("a"), Job("b")));
        order.ShouldBe(["Completed", "between", "b"]);
    }

    [Fact]
    public async Task Journal_and_records_tell_what_happened()
    {
        await using var engine = new EngineHarness();
        var id = await engine.CreateAsync(Workflow(Sequence("s", Job("a"))));
        await engine.RunAsync(id);
        var journal = await engine.Queries.JournalAsync(id, 0, 100, default);
        journal.Select(e => $"{e.ActivityId} {e.EventName}").ShouldBe(
        [
            "Workflow1 Started", "s Started", "job-a Started", "job-a Completed", "s Completed", "Workflow1 Completed",
        ]);
        journal.Select(e => e.Sequence).ShouldBe([1, 2, 3, 4, 5, 6]);
        var record = (await engine.Queries.ExecutionsAsync(id, "Workflow1:s:job-a", default)).Single();
        record.Status.ShouldBe(ActivityStatus.Completed);
        record.Inputs["text"]!.GetValue<string>().ShouldBe("a");
        record.Outputs["Result"]!.GetValue<string>().ShouldBe("A");
        record.Outcomes.ShouldBe(["Done"]);
        record.CompletedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task State_keeps_active_contexts_only()
    {
        await using var engine = new EngineHarness();
        var root = Sequence("s", Job("a"), Activity("Elsa.Event", "wait", ("eventName", "go")));
        var id = await engine.CreateAsync(Workflow(root));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Suspended);
        var state = (await engine.Queries.StateAsync(id, default))!;
        state["subStatus"]!.GetValue<string>().ShouldBe("Suspended");
        state["activityExecutionContexts"]!.AsArray().Select(c => c!["scheduledActivityNodeId"]!.GetValue<string>())
            .ShouldBe(["Workflow1:s:wait", "Workflow1:s", "Workflow1"]);
        state["activityExecutionContexts"]![1]!["properties"]!["CurrentIndex"]!.GetValue<int>().ShouldBe(2);
        var bookmark = state["bookmarks"]!.AsArray().Single()!;
        bookmark["name"]!.GetValue<string>().ShouldBe("Elsa.Event");
        bookmark["payload"]!.ToJsonString().ShouldBe("""{"eventName":"go"}""");
    }
}
