using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Tests.Runtime;
using static Sandbox.Engine.Tests.Runtime.Define;

namespace Sandbox.Engine.Tests.Activities;

public sealed class ControlFlowTests
{
    private static readonly InputBinding Current = new("Object", "Variable", new JsonObject { ["id"] = "CurrentValue" });

    [Theory]
    [InlineData("True", "then")]
    [InlineData("false", "else")]
    public async Task If_runs_the_branch_of_its_condition(string condition, string expected)
    {
        await using var engine = new EngineHarness();
        await engine.RunAsync(Activity("Elsa.If", "if", ("condition", condition)).Port("then", Line("then")).Port("else", Line("else")));
        engine.Lines.ShouldBe([expected]);
    }

    [Fact]
    public async Task While_evaluates_its_condition_anew_each_time()
    {
        await using var engine = new EngineHarness();
        var more = new Variable("m", "More", "Boolean", "true");
        var left = 2;
        engine.Handler.On("body", (_, _) => Task.FromResult(new JobResult(new JsonObject { ["Result"] = --left > 0 }, [], [])));
        await engine.RunAsync(Activity("Elsa.While", "w").From("condition", more).Port("body", Job("body").To("result", more.Id)), more);
        engine.Handler.Ran.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_endless_loop_without_jobs_can_be_cancelled()
    {
        await using var engine = new EngineHarness(options: new RuntimeOptions { BurstLimit = 50, PollInterval = TimeSpan.FromMilliseconds(20) });
        var id = await engine.CreateAsync(Workflow(Activity("Elsa.While", "w", ("condition", true)).Port("body", Line("again"))));
        var run = engine.RunAsync(id);
        await engine.Runtime.CancelAsync(id, default);
        (await run).End.ShouldBe(RunEnd.Cancelled);
    }

    [Fact]
    public async Task For_each_gives_its_body_one_item_after_another()
    {
        await using var engine = new EngineHarness();
        var body = Activity("Test.Job", "body").With("text", Current);
        await engine.RunAsync(Activity("Elsa.ForEach", "loop", ("items", new JsonArray("x", "y", "z"))).Port("body", body));
        engine.Handler.Ran.ShouldBe(["x", "y", "z"]);
    }

    [Fact]
    public async Task For_each_sets_the_variable_that_its_current_value_is_bound_to()
    {
        await using var engine = new EngineHarness();
        var item = new Variable("i", "Item", "String");
        var body = Activity("Elsa.WriteLine", "body").From("text", item);
        await engine.RunAsync(
            Activity("Elsa.ForEach", "loop").With("items", new InputBinding("Object", "Object", """["p","q"]""")).To("currentValue", item.Id)
                .Port("body", body),
            item);
        engine.Lines.ShouldBe(["p", "q"]);
    }

    [Fact]
    public async Task Parallel_for_each_runs_its_jobs_side_by_side_within_the_limit()
    {
        await using var engine = new EngineHarness(options: new RuntimeOptions { MaxParallelJobs = 2 });
        using var both = new Barrier(2);
        foreach (var text in (string[])["a", "b", "c", "d"])
        {
            engine.Handler.On(text, (_, _) =>
            {
                both.SignalAndWait();
                return Task.FromResult(JobResult.Done);
            });
        }

        var body = Sequence("s", Activity("Test.Job", "body").With("text", Current), Activity("Elsa.WriteLine", "w").With("text", Current));
        var outcome = await engine.RunAsync(
            Sequence("all", Activity("Elsa.ParallelForEach", "loop", ("items", new JsonArray("a", "b", "c", "d"))).Port("body", body), Line("end")));
        outcome.End.ShouldBe(RunEnd.Finished);
        engine.Lines.Order(StringComparer.Ordinal).ShouldBe(["a", "b", "c", "d", "end"]);
        engine.Lines[^1].ShouldBe("end");
    }

    [Fact]
    public async Task Fork_waits_for_all_its_branches_or_for_any()
    {
        await using var engine = new EngineHarness();
        await engine.RunAsync(Sequence("s", Activity("Elsa.Fork", "f").Port("branches", Job("a"), Line("b")), Line("all")));
        engine.Lines.ShouldBe(["b", "all"]);
        var any = Activity("Elsa.Fork", "f", ("joinMode", "WaitAny"))
            .Port("branches", Activity("Elsa.Event", "e", ("eventName", "never")), Line("c"));
        (await engine.RunAsync(Sequence("s", any, Line("any")))).End.ShouldBe(RunEnd.Finished);
        engine.Lines.ShouldBe(["b", "all", "c", "any"]);
    }

    [Fact]
    public async Task Set_variable_writes_the_nearest_scope_and_inputs_read_it()
    {
        await using var engine = new EngineHarness();
        var outer = new Variable("o", "Outer", "Int32", "1");
        var inner = new Variable("i", "Inner", "String", "in");
        var set = Activity("Elsa.SetVariable", "set", ("variable", new JsonObject { ["id"] = "o" }), ("value", "42"));
        var root = Sequence(
            "s",
            Sequence("t", set, Activity("Elsa.WriteLine", "w1").From("text", inner)) with { Variables = [inner] },
            Activity("Elsa.WriteLine", "w2").From("text", outer));
        await engine.RunAsync(root, outer);
        engine.Lines.ShouldBe(["in", "42"]);
    }

    [Fact]
    public async Task Workflow_inputs_are_read_by_name_and_studio_writes_variables_as_text()
    {
        await using var engine = new EngineHarness();
        var who = new Variable("w", "Who", "String", "Ada");
        var root = Sequence(
            "s",
            Activity("Elsa.WriteLine", "a").With("text", new InputBinding("String", "Input", "Order")),
            Activity("Elsa.WriteLine", "b").With("text", new InputBinding("String", "Variable", """{"id":"w","name":"Who"}""")));
        var id = await engine.CreateAsync(Workflow(root, who), new JsonObject { ["Order"] = "no. 7" });
        await engine.RunAsync(id);
        engine.Lines.ShouldBe(["no. 7", "Ada"]);
    }

    [Fact]
    public async Task Finish_ends_the_workflow_from_deep_inside()
    {
        await using var engine = new EngineHarness();
        var id = await engine.CreateAsync(Workflow(Sequence("s", Sequence("t", Activity("Elsa.Finish", "f"), Line("never")), Line("never2"))));
        (await engine.RunAsync(id)).End.ShouldBe(RunEnd.Finished);
        engine.Lines.ShouldBeEmpty();
        (await engine.Queries.GetAsync(id, default))!.SubStatus.ShouldBe(WorkflowSubStatus.Finished);
    }

    [Fact]
    public async Task An_unknown_variable_is_an_incident_that_names_the_activity()
    {
        await using var engine = new EngineHarness();
        var outcome = await engine.RunAsync(Activity("Elsa.WriteLine", "w").From("text", new Variable("gone", "Gone", "String")));
        outcome.End.ShouldBe(RunEnd.Faulted);
        outcome.Incidents.Single().ActivityId.ShouldBe("w");
        outcome.Incidents.Single().Message.ShouldContain("gone");
    }
}
