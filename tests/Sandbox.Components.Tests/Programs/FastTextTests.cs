using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.Programs;

/// <summary><c>type: fasttext</c> with the real program (Debian's package) on real text.</summary>
public sealed class FastTextTests : IDisposable
{
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_model_is_trained_and_tested_by_the_real_program()
    {
        // Two real texts: the sentences of the README and those of the decisions, told apart by their words.
        Write("train.jsonl", skip: 0);
        Write("test.jsonl", skip: 1);
        var train = JobBench.Json("""
            {"type": "fasttext", "train_dataset": "./train.jsonl", "model_path": "./model.bin", "epoch": 50, "dim": 10, "bucket": 1000}
            """);
        var test = JobBench.Json("""{"type": "fasttext", "model_path": "./model.bin", "dataset_path": "./test.jsonl"}""");

        (await _bench.RunAsync("TrainModelHook", "train", null, train)).Values[0]!.ToString().ShouldBe("./model.bin");
        var result = (await _bench.RunAsync("EvaluateModelHook", "test", null, test)).Values[0]!.AsObject();

        ((double)result["precision"]!).ShouldBeInRange(0.5, 1);
        ((long)result["rows"]!).ShouldBeGreaterThan(20);
        var loss = _bench.Watcher.Metrics.Last(m => m.Name == "train.avg_loss");
        (loss.Stream, loss.Step).ShouldBe(("stderr", 100));
        loss.Value.ShouldBeInRange(0, 1);
        File.ReadLines(Path.Combine(_bench.Root, "scratch", "train.txt")).First().ShouldStartWith("__label__read%20me ");
    }

    [Fact]
    public async Task A_model_that_is_none_is_told_in_the_programs_own_words()
    {
        Write("test.jsonl", skip: 0);
        _bench.Write("model.bin", "no model");

        var failure = await _bench.FailureOfAsync(
            "EvaluateModelHook", null, JobBench.Json("""{"type": "fasttext", "model_path": "./model.bin", "dataset_path": "./test.jsonl"}"""));

        failure.ShouldContain("signal 6");
        failure.ShouldContain("wrong file format");
    }

    private void Write(string name, int skip)
    {
        var rows = Rows("README.md", "read me", skip).Concat(Rows("docs/compatibility.md", "compatibility", skip));
        _bench.Write(name, string.Concat(rows.Select(r => r.ToJsonString() + "\n")));
    }

    private static IEnumerable<JsonObject> Rows(string file, string label, int skip) =>
        File.ReadLines(Path.Combine(Reference.Repository, file))
            .Where(l => l.Count(c => c == ' ') > 6)
            .Where((_, i) => i % 2 == skip)
            .Select((line, i) => new JsonObject { ["id"] = i.ToString(CultureInfo.InvariantCulture), ["text"] = line, ["label"] = label });
}
