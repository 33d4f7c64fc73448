using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;

namespace Sandbox.Components.Tests.Programs;

/// <summary><c>type: command</c> with real programs.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Nothing_in_any_field_is_taken_for_a_command()
    {
        const string Nasty = "a b'\"$(touch injected)`touch injected`; touch injected\n-rf --help $HOME * {{ }} ü";
        Directory.CreateDirectory(Path.Combine(_bench.Root, Nasty));
        var extra = Command(["bash", "-c", "printf '%s|%s|' \"$1\" \"$2\" > out; printf '%s' \"$VAR\" >> out", "--", Nasty, "-rf"]);
        extra["env"] = new JsonObject { ["VAR"] = Nasty };
        extra["cwd"] = "./" + Nasty;
        extra["outputs"] = new JsonObject { ["out"] = new JsonObject { ["path"] = "out" } };

        var result = await _bench.RunAsync("TrainModelHook", "train", null, extra);

        File.ReadAllText(Path.Combine(_bench.Root, Nasty, "out")).ShouldBe($"{Nasty}|-rf|{Nasty}");
        result.Values[0]!.ToString().ShouldBe(Path.Combine(_bench.Root, Nasty, "out"));
        Directory.EnumerateFiles(_bench.Root, "injected", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_value_of_the_context_is_one_argument_and_never_a_placeholder()
    {
        var extra = Command(["bash", "-c", "printf '[%s]' \"$@\" > \"$0\"", "{{ job.dir }}/said", "x{{ a.b }}y", "{{ a.list }}", "{{ }} {{ a }} {{.Name}}"]);
        extra["outputs"] = new JsonObject { ["said"] = new JsonObject { ["path"] = "said" } };
        _bench.Infos["a.b"] = "-rf {{ job.dir }} '\n$(id)";
        _bench.Infos["a.list"] = new JsonArray("one", 2);

        await _bench.RunAsync("TrainModelHook", "train", null, extra);

        File.ReadAllText(Path.Combine(_bench.Root, "said")).ShouldBe("[x-rf {{ job.dir }} '\n$(id)y][[\"one\", 2]][{{ }} {{ a }} {{.Name}}]");
    }

    [Fact]
    public async Task Metrics_are_found_with_their_place_in_the_log_and_outputs_are_collected_by_name()
    {
        _bench.Write("old.txt", "was here");
        var extra = Command(
        [
            "bash", "-c",
            "for i in 1 2 3; do echo \"step $i loss 0.$i\"; done; echo 'step 4 loss nan' >&2; mkdir -p \"$0/d/e\"; echo 1 > \"$0/d/1.txt\"; echo 2 > \"$0/d/e/2.txt\"; echo new > new.txt",
            "{{ job.dir }}",
        ]);
        extra["watch"] = JsonNode.Parse("""[{"pattern": "step (?<step>\\d+) loss (?<loss>[-+.\\deE]+|nan)"}]""");
        extra["outputs"] = JsonNode.Parse("""
            {"last": {"metric": "loss"}, "best": {"metric": "loss", "take": "min"}, "tree": {"path": "./d"},
             "texts": {"glob": "**/*.txt"}, "file": {"path": "new.txt"}}
            """);

        var result = await _bench.RunAsync("TrainModelHook", "train", null, extra);

        result.Names.ShouldBe(["last", "best", "tree", "texts", "file"]);
        result.Values[1]!.GetValue<double>().ShouldBe(0.1);
        result.Values.Skip(2).Select(v => v!.ToJsonString()).ShouldBe(["\"./d\"", """["d/1.txt","d/e/2.txt"]""", "\"new.txt\""]);
        File.ReadAllText(Path.Combine(_bench.Root, "d", "e", "2.txt")).ShouldBe("2\n");
        _bench.Watcher.Metrics.Select(m => (m.Name, m.Step, m.Stream, m.ByteOffset)).ShouldBe(
        [
            ("train.loss", 1, "stdout", 0), ("train.loss", 2, "stdout", 16), ("train.loss", 3, "stdout", 32), ("train.loss", 4, "stderr", 0),
        ]);
    }

    [Fact]
    public async Task What_was_not_written_is_named()
    {
        _bench.Write("old.bin", "an earlier run's");
        var extra = Command(["true"]);
        extra["outputs"] = JsonNode.Parse("""{"model": {"path": "./old.bin"}, "loss": {"metric": "loss"}}""");

        var failure = await _bench.FailureOfAsync("TrainModelHook", null, extra);

        failure.ShouldContain("\"model\"");
        failure.ShouldContain("\"loss\"");
    }

    [Theory]
    [InlineData("echo why >&2; exit 3", "ended with exit code 3")]
    [InlineData("kill -9 $$", "probably out of memory")]
    [InlineData("nosuchthing-here", "exit code 127: a command was not found")]
    public async Task A_failure_is_explained(string script, string how) =>
        (await _bench.FailureOfAsync("TrainModelHook", null, Command(["bash", "-c", script]))).ShouldContain(how);

    [Fact]
    public async Task A_metric_that_may_not_be_NaN_ends_the_program()
    {
        var extra = Command(["bash", "-c", "echo $$ > pid; echo loss nan; sleep 1000"]);
        extra["grace"] = "1s";
        extra["watch"] = JsonNode.Parse("""[{"pattern": "loss (?<loss>\\S+)", "fail_on_nan": true}]""");

        (await _bench.FailureOfAsync("TrainModelHook", null, extra)).ShouldContain("NaN");

        Directory.Exists($"/proc/{File.ReadAllText(Path.Combine(_bench.Root, "pid")).Trim()}").ShouldBeFalse();
    }

    private static JsonObject Command(string[] command) => new()
    {
        ["type"] = "command",
        ["command"] = new JsonArray([.. command.Select(c => (JsonNode?)c)]),
    };
}
