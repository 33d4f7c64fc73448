using System.Text.Json.Nodes;
using Sandbox.Core.Context;

namespace Sandbox.Core.Tests.Context;

public sealed class ContextSearchTests
{
    private static readonly JobContext Probe = Job("probe", ("0", "p.jsonl"), ("1", "q.jsonl"));

    private static readonly IterationContext Iteration = new(1,
    [
        new PipelineContext("build", [
            Probe,
            Job("same", ("mean", "first")),
            Job("same", ("recipe", "second")),
            Job(null, ("x", "anonymous")),
            new JobContext("nested", [
                new JobOutput("result", JsonNode.Parse("""{"mean": {"loss": 0.5}, "list": [{"v": 7}], "a.b": {"c": 1}, "a": {"b": {"d": 2}}, "none": null}""")),
                new JobOutput("result.mean", JsonValue.Create("dotted")),
            ]),
            new JobContext("silent", []),
        ]),
        new PipelineContext("build.more", [Job("probe", ("0", "other"))]),
    ]);

    [Theory]
    [InlineData("build.probe.0", "p.jsonl")]
    [InlineData("build.probe.res_1", "p.jsonl")]
    [InlineData("build.probe.res_2", "q.jsonl")]
    [InlineData("build.same.mean", "first")]
    [InlineData("build.anonymous_meta_name.x", "anonymous")]
    [InlineData("build.more.probe.0", "other")]
    [InlineData("build.nested.result.mean", "dotted")]
    public void A_key_finds_the_first_match(string key, string expected) =>
        Iteration.Find(key).Value!.GetValue<string>().ShouldBe(expected);

    [Theory]
    [InlineData("build.nested.result.mean.loss", "0.5")]
    [InlineData("build.nested.result.list.0.v", "7")]
    [InlineData("build.nested.result.a.b.c", "1")]
    [InlineData("build.nested.result.a.b.d", "2")]
    public void Dots_lead_into_a_value_the_longest_name_first(string key, string json) =>
        Iteration.Find(key).Value!.ToJsonString().ShouldBe(json);

    [Fact]
    public void A_recorded_null_is_found()
    {
        var found = Iteration.Find("build.nested.result.none");

        found.Found.ShouldBeTrue();
        found.Value.ShouldBeNull();
        found.Job!.MetaName.ShouldBe("nested");
    }

    [Fact]
    public void Minus_one_is_the_job_given_as_the_one_before()
    {
        Iteration.Find("-1.res_2", Probe).Value!.GetValue<string>().ShouldBe("q.jsonl");
        Iteration.Find("-1.res_2", Probe).Job.ShouldBeSameAs(Probe);
        Iteration.Find("-1.res_2").Reason!.ShouldContain("no job ran before");
        Iteration.Find("-1", Probe).Reason!.ShouldContain("names no output");
    }

    [Theory]
    [InlineData("biuld.probe.0", "there is no pipeline \"biuld\"; there is build, build.more. Did you mean \"build\"?")]
    [InlineData("build.prbe.0", "pipeline \"build\" has no finished job \"prbe\"; it has probe, same, anonymous_meta_name, nested, silent. Did you mean \"probe\"?")]
    [InlineData("build.nested.resutl", "job \"nested\" of pipeline \"build\" has no output \"resutl\"; it has result, result.mean. Did you mean \"result\"?")]
    [InlineData("build.silent.x", "job \"silent\" of pipeline \"build\" recorded no output, so there is no \"x\".")]
    [InlineData("build.same.recipe", "job \"same\" of pipeline \"build\" has no output \"recipe\"; it has mean. A later job has the same meta_name, and a look-up takes the first: give it a meta_name of its own.")]
    [InlineData("build", "\"build\" names a pipeline only: write <pipeline>.<meta_name>.<output>.")]
    [InlineData("build.probe", "\"build.probe\" names a job only: write <pipeline>.<meta_name>.<output>. It has 0, 1.")]
    public void A_miss_says_what_there_is_instead(string key, string reason)
    {
        var found = Iteration.Find(key);

        found.Found.ShouldBeFalse();
        found.Reason.ShouldBe(reason);
    }

    [Fact]
    public void An_iteration_sees_nothing_of_another()
    {
        var infos = ContextInfos.Of([(1, "p", Job("j", ("a", "1"))), (2, "p", Job("k", ("a", "2")))]);

        infos.Iteration(2).Find("p.j.a").Found.ShouldBeFalse();
        infos.Iteration(2).Find("p.k.a").Found.ShouldBeTrue();
        infos.Iteration(3).Find("p.k.a").Reason!.ShouldContain("nothing was recorded yet in iteration 3");
    }

    private static JobContext Job(string? name, params (string Name, string Value)[] outputs) =>
        new(name, [.. outputs.Select(o => new JobOutput(o.Name, JsonValue.Create(o.Value)))]);
}
