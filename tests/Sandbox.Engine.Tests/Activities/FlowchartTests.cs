using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Tests.Runtime;
using static Sandbox.Engine.Tests.Runtime.Define;

namespace Sandbox.Engine.Tests.Activities;

public sealed class FlowchartTests
{
    [Fact]
    public async Task A_merge_without_join_runs_once_after_all_active_paths()
    {
        await using var engine = new EngineHarness();
        await engine.RunAsync(Flowchart(
            [Line("a"), Job("b"), Line("c"), Line("m")],
            "line-a -> job-b", "line-a -> line-c", "job-b -> line-m", "line-c -> line-m"));
        engine.Lines.ShouldBe(["a", "c", "m"]);
        engine.Handler.Ran.ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_merge_does_not_wait_for_a_path_that_was_not_taken()
    {
        await using var engine = new EngineHarness();
        var decision = Activity("Elsa.FlowDecision", "d", ("condition", true));
        await engine.RunAsync(Flowchart(
            [decision, Line("yes"), Line("no"), Line("m")],
            "d.True -> line-yes", "d.False -> line-no", "line-yes -> line-m", "line-no -> line-m"));
        engine.Lines.ShouldBe(["yes", "m"]);
    }

    [Fact]
    public async Task A_merge_waits_for_a_token_several_steps_away()
    {
        await using var engine = new EngineHarness();
        await engine.RunAsync(Flowchart(
            [Line("s"), Line("near"), Job("far1"), Job("far2"), Line("m")],
            "line-s -> line-near", "line-s -> job-far1", "job-far1 -> job-far2", "job-far2 -> line-m", "line-near -> line-m"));
        engine.Lines.ShouldBe(["s", "near", "m"]);
        engine.Handler.Ran.ShouldBe(["far1", "far2"]);
    }

    [Fact]
    public async Task A_back_edge_begins_another_round_until_the_decision_leaves_the_loop()
    {
        await using var engine = new EngineHarness();
        var more = new Variable("more", "More", "Boolean", "true");
        var rounds = 0;
        engine.Handler.On("count", (_, _) =>
        {
            rounds++;
            return Task.FromResult(new JobResult(new JsonObject { ["Result"] = rounds < 3 }, [], []));
        });
        var outcome = await engine.RunAsync(
            Flowchart(
                [Line("start"), Job("count").To("result", more.Id), Activity("Elsa.FlowDecision", "d").From("condition", more), Line("end")],
                "line-start -> job-count", "job-count -> d", "d.True -> job-count", "d.False -> line-end"),
            more);
        outcome.End.ShouldBe(RunEnd.Finished);
        rounds.ShouldBe(3);
        engine.Lines.ShouldBe(["start", "end"]);
    }

    [Fact]
    public async Task A_loop_with_branches_inside_merges_in_every_round()
    {
        await using var engine = new EngineHarness();
        var more = new Variable("more", "More", "Boolean", "true");
        var rounds = 0;
        engine.Handler.On("b", (_, _) =>
            Task.FromResult(new JobResult(new JsonObject { ["Result"] = ++rounds < 3 }, [], [])));
        await engine.RunAsync(
            Flowchart(
                [Line("h"), Line("a"), Job("b").To("result", more.Id), Line("m"), Activity("Elsa.FlowDecision", "d").From("condition", more)],
                "line-h -> line-a", "line-h -> job-b", "line-a -> line-m", "job-b -> line-m", "line-m -> d", "d.True -> line-h"),
            more);
        engine.Lines.ShouldBe(["h", "a", "m", "h", "a", "m", "h", "a", "m"]);
    }

    [Fact]
    public async Task Wait_any_goes_on_with_the_first_branch_and_cancels_the_others()
    {
        await using var engine = new EngineHarness(options: new RuntimeOptions { MaxParallelJobs = 2 });
        var reason = JobStopReason.None;
        engine.Handler.On("slow", async (job, ct) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, ct);
            }
            finally
            {
                reason = job.StopReason;
            }

            return JobResult.Done;
        });
        var join = Activity("Elsa.FlowJoin", "j", ("mode", "WaitAny"));
        var id = await engine.CreateAsync(Workflow(Flowchart(
            [Line("s"), Job("quick"), Job("slow"), join, Line("m")],
            "line-s -> job-quick", "line-s -> job-slow", "job-quick -> j", "job-slow -> j", "j -> line-m")));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        engine.Lines.ShouldBe(["s", "m"]);
        reason.ShouldBe(JobStopReason.Cancelled);
        (await engine.Queries.JobsAsync(id, default)).Select(job => job.State).ShouldBe([JobState.Completed, JobState.Cancelled]);
    }

    [Fact]
    public async Task Wait_all_never_runs_when_a_path_was_not_taken()
    {
        await using var engine = new EngineHarness();
        var outcome = await engine.RunAsync(Flowchart(
            [Line("s"), Activity("Elsa.FlowDecision", "d", ("condition", false)), Activity("Elsa.FlowJoin", "j", ("mode", "WaitAll")), Line("m")],
            "line-s -> d", "line-s -> j", "d.True -> j", "j -> line-m"));
        outcome.End.ShouldBe(RunEnd.Finished);
        engine.Lines.ShouldBe(["s"]);
    }

    [Fact]
    public async Task A_fork_leaves_by_all_its_branches()
    {
        await using var engine = new EngineHarness();
        var fork = Activity("Elsa.FlowFork", "f", ("branches", new JsonArray("A", "B")));
        await engine.RunAsync(Flowchart(
            [fork, Line("a"), Line("b"), Line("c"), Activity("Elsa.FlowJoin", "j", ("mode", "WaitAll")), Line("m")],
            "f.A -> line-a", "f.B -> line-b", "f.C -> line-c", "line-a -> j", "line-b -> j", "j -> line-m"));
        engine.Lines.ShouldBe(["a", "b", "m"]);
    }

    [Fact]
    public async Task A_wrong_port_ends_the_flow_as_finished()
    {
        await using var engine = new EngineHarness();
        (await engine.RunAsync(Flowchart([Line("a"), Line("b")], "line-a.Nope -> line-b"))).End.ShouldBe(RunEnd.Finished);
        engine.Lines.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Elsa_Start_wins_over_can_start_over_the_first_without_inbound()
    {
        await using var engine = new EngineHarness();
        var marked = Line("marked") with { CustomProperties = new JsonObject { ["canStartWorkflow"] = true } };
        await engine.RunAsync(Flowchart([Line("first"), marked, Activity("Elsa.Start", "start"), Line("x")], "start -> line-x"));
        await engine.RunAsync(Flowchart([Line("first"), marked]));
        await engine.RunAsync(Flowchart([Line("b"), Line("a")], "line-a -> line-b"));
        engine.Lines.ShouldBe(["x", "marked", "a", "b"]);
    }

    [Fact]
    public async Task Elsa_End_ends_the_flowchart_and_cancels_its_other_branches()
    {
        await using var engine = new EngineHarness();
        var flow = Flowchart(
            [Line("s"), Activity("Elsa.Event", "wait", ("eventName", "never")), Activity("Elsa.End", "end")],
            "line-s -> wait", "line-s -> end");
        (await engine.RunAsync(Sequence("outer", flow, Line("after")))).End.ShouldBe(RunEnd.Finished);
        engine.Lines.ShouldBe(["s", "after"]);
    }

    [Fact]
    public async Task Outcomes_of_a_job_choose_the_port()
    {
        await using var engine = new EngineHarness();
        engine.Handler.On("check", (_, _) => Task.FromResult(new JobResult([], ["Met"], [])));
        await engine.RunAsync(Flowchart([Job("check"), Line("met"), Line("not")], "job-check.Met -> line-met", "job-check.NotMet -> line-not"));
        engine.Lines.ShouldBe(["met"]);
    }
}
