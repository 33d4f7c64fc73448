using System.Text.Json.Nodes;
using Sandbox.Cli.CommandLine;

namespace Sandbox.Cli.Tests;

public sealed class SweepCommandTests : IDisposable
{
    private const string Sweep = """
        method: bayes
        metric: {name: loss}
        parameters:
          optimizer: {values: [sgd, adam]}
          momentum: {min: 0.0, max: 0.99, when: {optimizer: sgd}}
        """;

    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Another_program_asks_and_tells_line_by_line_and_the_seed_decides()
    {
        _place.Write("sweep.yaml", Sweep);
        const string Lines = "{\"ask\": 2}\n{\"tell\": 0, \"value\": 0.5}\nnonsense\n{\"tell\": 1, \"value\": 0.25}\n";

        var first = await AdviseAsync(Lines, "--seed", "5");
        first.Code.ShouldBe(0);
        var answers = first.Output.TrimEnd().Split('\n');
        answers.Length.ShouldBe(5);
        JsonNode.Parse(answers[0])!["trial"]!.GetValue<int>().ShouldBe(0);
        answers[2].ShouldBe("""{"best":0}""");
        JsonNode.Parse(answers[3])!["error"]!.GetValue<string>().ShouldContain("no JSON object");
        answers[4].ShouldBe("""{"best":1}""");
        (await AdviseAsync(Lines, "--seed", "5")).Output.ShouldBe(first.Output);
        (await AdviseAsync(Lines, "--seed", "6")).Output.ShouldNotBe(first.Output);
    }

    [Fact]
    public async Task A_drawn_seed_is_told_beside_the_answers()
    {
        _place.Write("sweep.yaml", Sweep);
        var told = await AdviseAsync("{\"ask\": 1}\n");
        told.Error.ShouldStartWith("seed: ");
        (await AdviseAsync("{\"ask\": 1}\n", "--seed", told.Error["seed: ".Length..].Trim())).Output.ShouldBe(told.Output);
    }

    [Fact]
    public async Task A_preview_shows_the_first_trials_and_draws_their_values()
    {
        _place.Write("sweep.yaml", Sweep);
        var told = await Workplace.RunAsync("sweep", "preview", "sweep.yaml", "-n", "6");
        told.Code.ShouldBe(0);
        told.Output.ShouldContain("momentum");
        told.Output.ShouldContain("│");
        (await Workplace.RunAsync("sweep", "preview", "sweep.yaml", "-n", "6", "--json")).Output.TrimEnd().Split('\n').Length.ShouldBe(6);
    }

    [Fact]
    public async Task Warm_start_reads_the_trials_of_earlier_sweeps_and_places_what_is_wrong()
    {
        _place.Write("sweep.yaml", Sweep + "\nwarm_start: earlier.jsonl\n");
        (await AdviseAsync("{\"ask\": 1}\n")).ShouldSatisfyAllConditions(t => t.Code.ShouldBe(2), t => t.Error.ShouldContain("warm_start: \"earlier.jsonl\" is no file"));
        _place.Write("earlier.jsonl", "{\"parameters\": {\"optimizer\": \"adam\"}, \"value\": 1}\n{\"value\": 1}\n");
        (await AdviseAsync("{\"ask\": 1}\n")).Error.ShouldContain("earlier.jsonl:2:1: a line of warm_start is");
    }

    [Theory]
    [InlineData("sweep advise nothere.yaml", "does not exist")]
    [InlineData("sweep preview sweep.yaml -n 0", "-n takes a number from 1")]
    [InlineData("sweep preview bad.yaml", "bad.yaml:1:9: sweep: \"method\" must be one of grid, random, bayes, tpe")]
    public async Task Wrong_input_ends_with_exit_code_2(string line, string message)
    {
        _place.Write("sweep.yaml", Sweep);
        _place.Write("bad.yaml", "method: byes\nparameters: {a: {values: [1]}}\n");
        var told = await Workplace.RunAsync(line.Split(' '));
        told.Code.ShouldBe(2);
        told.Error.ShouldContain(message);
    }

    private static async Task<(int Code, string Output, string Error)> AdviseAsync(string input, params string[] options)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CliApp.RunAsync(["sweep", "advise", "sweep.yaml", .. options], new CliConsole(output, error, input: new StringReader(input)));
        return (code, output.ToString(), error.ToString());
    }
}
