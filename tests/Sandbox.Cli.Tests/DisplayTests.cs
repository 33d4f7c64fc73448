using System.Text.Json.Nodes;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Tests;

/// <summary>What is drawn: the tree of a running run, tables, JSON.</summary>
public sealed class DisplayTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(100)]
    [InlineData(12)]
    [InlineData(6)]
    [InlineData(3)]
    [InlineData(1)]
    public void The_tree_never_outgrows_the_terminal_and_shows_what_runs(int height)
    {
        var jobs = Enumerable.Range(0, 40).Select(i => Job(i, i < 17 ? RunStates.Finished : RunStates.Pending)).ToList();
        var tree = new LiveTree(jobs);
        tree.Update(jobs[17], entry => entry with
        {
            Job = jobs[17] with { State = RunStates.Running, StartedAt = Now.AddSeconds(-3) },
            Fraction = 0.5,
            Text = "counting",
            Metric = "loss 1.5",
        });

        var lines = tree.Lines(height, Now);

        lines.Count.ShouldBeLessThanOrEqualTo(height);
        lines.ShouldContain(l => l.Render(200, false).Contains("● job17 3.0 s ━━━━━━━━──────── 50% counting  loss 1.5", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(10)]
    [InlineData(3)]
    public void A_line_is_never_wider_than_the_terminal(int width)
    {
        var line = new LiveLine(new Cell("some text that is coloured", Colours.Red), new Cell(" and more of it"));

        line.Render(width, hasColours: false).Length.ShouldBeLessThanOrEqualTo(width);
        line.Render(width, hasColours: false).ShouldNotContain("\u001b");
        line.Render(width, hasColours: true).ShouldContain("\u001b[31m");
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("清洗数据", 8)]
    [InlineData("e\u0301te\u0301", 3)]
    [InlineData("ｆｕｌｌ", 8)]
    [InlineData("한국어", 6)]
    [InlineData("𠀀a", 3)]
    [InlineData("✓ ━─ ●", 6)]
    public void The_width_of_a_text_counts_in_columns_of_the_terminal(string text, int columns) => TextWidth.Of(text).ShouldBe(columns);

    [Theory]
    [InlineData(20)]
    [InlineData(7)]
    [InlineData(4)]
    public void A_line_of_wide_characters_is_never_wider_than_the_terminal(int width)
    {
        var line = new LiveLine(new Cell("● 清洗数据", Colours.Red), new Cell(" 完成了一半的工作"));

        TextWidth.Of(line.Render(width, hasColours: false)).ShouldBeLessThanOrEqualTo(width);
        new LiveLine(new Cell("清洗数据"), new Cell(" b")).Render(10, hasColours: false).ShouldBe("清洗数据 b");
    }

    [Fact]
    public void Columns_of_a_table_stand_under_each_other_whatever_the_script()
    {
        var output = new StringWriter();
        var table = new TextTable("name", "state");
        table.Row("清洗", "finished");
        table.Row("train", "failed");

        table.Write(new CliConsole(output, TextWriter.Null));

        output.ToString().Split(Environment.NewLine).ShouldBe(["name   state", "清洗   finished", "train  failed", string.Empty]);
    }

    [Fact]
    public void A_table_in_a_pipe_cuts_nothing_and_has_no_colours()
    {
        var output = new StringWriter();
        var table = new TextTable("id", "config");
        table.Row(new Cell("0123456789abcdef", Colours.Green), new string('x', 300));

        table.Write(new CliConsole(output, TextWriter.Null));

        output.ToString().ShouldBe($"id                config{Environment.NewLine}0123456789abcdef  {new string('x', 300)}{Environment.NewLine}");
    }

    [Fact]
    public void Json_has_null_for_what_strict_json_cannot_say()
    {
        var node = new JsonObject { ["a"] = double.NaN, ["b"] = new JsonArray(1.5, double.PositiveInfinity, null, "NaN") };

        JsonLines.Of(new { X = double.NaN, Y = (double?)double.NegativeInfinity, node })
            .ShouldBe("""{"x":null,"y":null,"node":{"a":null,"b":[1.5,null,null,"NaN"]}}""");
    }

    [Theory]
    [InlineData("/home/a/b-c.yaml", "/home/a/b-c.yaml")]
    [InlineData("my dir", "'my dir'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    public void Words_of_a_command_line_can_be_pasted_into_a_shell(string word, string quoted) =>
        ProgramName.Quote(word).ShouldBe(quoted);

    private static JobView Job(int index, string state) => new()
    {
        Id = $"id{index}",
        ActivityId = $"activity{index}",
        Hook = "Hook",
        Pipeline = $"pipeline{index / 20}",
        Stage = index % 20 < 10 ? "probe" : "execute",
        Index = index,
        MetaName = $"job{index}",
        State = state,
    };
}
