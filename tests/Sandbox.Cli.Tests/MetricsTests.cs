using System.Text.Json.Nodes;
using Sandbox.Testing;

namespace Sandbox.Cli.Tests;

public sealed class MetricsTests : IDisposable
{
    private const string Logs = "upstream-runs/logs";
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [ReferenceTheory(Logs)]
    [InlineData("hf-nan", 0)]
    [InlineData("torchrun-raise", 1)]
    [InlineData("fasttext-threads2", 0)]
    public async Task Findings_are_lines_of_JSON_and_the_last_line_is_the_end(string name, int exit)
    {
        var path = Path.Combine(Reference.Find(Logs)!, name);
        var told = await Workplace.RunAsync("metrics", "--stdout", path + ".stdout", "--stderr", path + ".stderr", "--exit", $"{exit}", "--json");
        told.Code.ShouldBe(0);
        var rows = JsonNode.Parse(await File.ReadAllTextAsync(path + ".expected.json"))!["rows"]!.AsArray();
        var found = told.Lines.SkipLast(1).ToList();
        found.Select(f => (f["stream"]!.ToString(), f["byteOffset"]!.GetValue<long>(), f["textOffset"]!.GetValue<long>()))
            .ShouldBe(rows.Select(r => (r!["stream"]!.ToString(), r["byte_offset"]!.GetValue<long>(), r["text_offset"]!.GetValue<long>())));
        told.Lines[^1]["final"]!["status"]!.ToString().ShouldBe(exit == 0 ? "finished" : "failed");
    }

    [Fact]
    public async Task NaN_is_told_in_words_and_what_a_line_does_not_say_is_left_out()
    {
        _place.Write("log", "epoch 1 loss nan\n");
        var told = await Workplace.RunAsync("metrics", "log", "--json");
        told.Lines[0].ToJsonString().ShouldBe("""{"stream":"stdout","byteOffset":0,"textOffset":0,"epoch":1,"metrics":{"loss":"NaN"}}""");
        told.Lines[1].ToJsonString().ShouldBe("""{"final":{"status":"unknown","cause":null,"remedy":null}}""");
    }

    [Fact]
    public async Task A_table_has_a_curve_and_the_reason_of_the_end()
    {
        _place.Write("log", string.Concat(Enumerable.Range(1, 200).Select(i => FormattableString.Invariant($"step {i} loss {1.0 / i:R}\n"))) + "step 201 loss nan\n");
        _place.Write("err", "Traceback (most recent call last):\n  File \"a.py\", line 1\nModuleNotFoundError: No module named 'flash_attn'\n");
        var told = await Workplace.RunAsync("metrics", "--stdout", "log", "--stderr", "err", "--exit", "1");
        told.Code.ShouldBe(0);
        told.Output.ShouldContain("loss");
        told.Output.ShouldContain("█");
        told.Output.ShouldContain("201");
        told.Output.ShouldContain("Status: failed: ModuleNotFoundError: No module named 'flash_attn'");
        told.Output.ShouldContain("What to do: The module flash_attn is missing.");
    }

    [Fact]
    public async Task A_log_without_metrics_says_so()
    {
        _place.Write("log", "hello\n");
        (await Workplace.RunAsync("metrics", "log", "--exit", "0")).Output.ShouldBe("No metrics were found.\nStatus: finished\n");
    }

    [Theory]
    [InlineData("metrics nothere.log", "There is no file nothere.log")]
    [InlineData("metrics .", ". is a directory")]
    [InlineData("metrics data.jsonl --stdout data.jsonl", "given twice")]
    [InlineData("metrics data.jsonl --format lightnin", "Did you mean \"lightning\"?")]
    [InlineData("metrics data.jsonl --exit 300", "between 0 and 255")]
    public async Task A_wrong_line_is_answered_with_exit_code_2(string line, string message)
    {
        var told = await Workplace.RunAsync(line.Split(' '));
        told.Code.ShouldBe(2);
        told.Error.ShouldContain(message);
    }
}
