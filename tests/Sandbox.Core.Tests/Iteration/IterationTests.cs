using System.Text.Json.Nodes;
using Sandbox.Core.Iteration;

namespace Sandbox.Core.Tests.Iteration;

public sealed class IterationTests
{
    [Theory]
    [InlineData("/a/b/c/d.jsonl", "/a/b/c/iter_2/d.jsonl")]
    [InlineData("/a/b/c", "/a/b/c/iter_2")]
    [InlineData("./out/", "./out/iter_2")]
    [InlineData("out", "out/iter_2")]
    [InlineData("d.jsonl", "iter_2/d.jsonl")]
    [InlineData("/d.jsonl", "/iter_2/d.jsonl")]
    [InlineData("a/.hidden", "a/.hidden/iter_2")]
    [InlineData("a/b.c/", "a/b.c/iter_2/")]
    [InlineData("a//b.txt", "a/iter_2/b.txt")]
    [InlineData("", "iter_2")]
    public void Paths_get_their_iteration_as_upstream_adds_it(string path, string expected) =>
        IterationPaths.AddIteration(path, 2).ShouldBe(expected);

    [Theory]
    [InlineData("out/iter_12/d.jsonl", "out/d.jsonl")]
    [InlineData("out/iter_1", "out")]
    [InlineData("out/iter_x/d", "out/iter_x/d")]
    [InlineData("out/iter_/d", "out/iter_/d")]
    public void Copies_of_one_path_have_it_in_common(string path, string expected) =>
        IterationPaths.RemoveIterations(path).ShouldBe(expected);

    [Theory]
    [InlineData("p.m.o > 0.5", ">", 0.5)]
    [InlineData("p.m.o>=1e-3", ">=", 1e-3)]
    [InlineData("  p.m.o < -2 ", "<", -2)]
    [InlineData("p.m.o <= 3", "<=", 3)]
    [InlineData("p.m.o == 1", "==", 1)]
    public void Targets_are_read(string text, string op, double value)
    {
        IterationTarget.Parse(text, out var target).ShouldBeNull();
        target.ShouldBe(new IterationTarget(new ContextKey("p", "m", "o"), op, value));
    }

    [Theory]
    [InlineData("p.m.o", "compares nothing")]
    [InlineData("p.m.o = 3", "compares nothing")]
    [InlineData("p.m.o >= high", "must compare with a number, not with \"high\"")]
    [InlineData("p.m.o >= ", "must compare with a number")]
    [InlineData("p.m.o >= nan", "must compare with a number")]
    [InlineData("1 < p.m.o < 3", "more than once")]
    [InlineData("p.o >= 3", "is no key of the context infos")]
    [InlineData("p..o >= 3", "is no key of the context infos")]
    [InlineData("-1.o >= 3", "cannot use -1")]
    public void Malformed_targets_say_what_is_wrong(string text, string problem) =>
        IterationTarget.Parse(text, out _).ShouldNotBeNull().ShouldContain(problem);

    [Theory]
    [InlineData("0.5", true)]
    [InlineData("0.4", false)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("\"0.7\"", true)]
    public void Numbers_truth_values_and_numeric_text_are_compared(string json, bool met) =>
        Target().Evaluate(JsonNode.Parse(json)).ShouldBe(new TargetCheck(met, null));

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_result_that_json_cannot_say_never_meets_a_target_and_is_told(double value, string described)
    {
        var check = Target().Evaluate(JsonValue.Create(value));
        check.IsMet.ShouldBeFalse();
        check.Problem.ShouldBe($"p.m.o is {described}, which is no number to compare with p.m.o >= 0.5.");
    }

    [Theory]
    [InlineData("null", "missing")]
    [InlineData("[1]", "a list")]
    [InlineData("{}", "a mapping")]
    [InlineData("\"high\"", "\"high\"")]
    [InlineData("\".nan\"", "\".nan\"")]
    public void What_is_no_number_never_meets_a_target_and_says_so(string json, string described)
    {
        var check = Target().Evaluate(JsonNode.Parse(json));
        check.IsMet.ShouldBeFalse();
        check.Problem.ShouldBe($"p.m.o is {described}, which is no number to compare with p.m.o >= 0.5.");
    }

    [Fact]
    public void All_needs_every_target_and_any_needs_one()
    {
        TargetCheck met = new(true, null), missed = new(false, null);
        TargetModes.IsMet("all", [met, missed]).ShouldBeFalse();
        TargetModes.IsMet("all", [met, met]).ShouldBeTrue();
        TargetModes.IsMet("any", [met, missed]).ShouldBeTrue();
        TargetModes.IsMet("any", [missed]).ShouldBeFalse();
        TargetModes.IsMet("all", []).ShouldBeFalse();
    }

    [Fact]
    public void Updates_are_read()
    {
        IterationUpdate.Parse("a.b.c", "d.e.dj_configs.x.y", out var update).ShouldBeNull();
        update.ShouldBe(new IterationUpdate(new ContextKey("a", "b", "c"), "d", "e", "dj_configs.x.y"));
        IterationUpdate.Parse("a.b.c", "d.e.dj_configs", out _).ShouldNotBeNull().ShouldContain("cannot be updated");
        IterationUpdate.Parse("a.b.c", "d.e.other.x", out _).ShouldNotBeNull();
        IterationUpdate.Parse("-1.c", "d.e.dj_configs.x", out _).ShouldNotBeNull().ShouldContain("cannot use -1");
    }

    private static IterationTarget Target() => new(new ContextKey("p", "m", "o"), ">=", 0.5);
}
