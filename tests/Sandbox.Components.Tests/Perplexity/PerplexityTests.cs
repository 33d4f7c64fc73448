using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Shouldly;

namespace Sandbox.Components.Tests.Perplexity;

public sealed class PerplexityTests : IDisposable
{
    private const string Model = """
        \data\
        ngram 1=4

        \1-grams:
        -1	<unk>
        -99	<s>
        -0.5	</s>
        -0.25	a

        \end\
        """;

    private readonly JobBench _bench = new();

    public PerplexityTests()
    {
        _bench.Write("lm.arpa", Model);
        _bench.Write("d.jsonl", "{\"text\": \"a b\\n\\na\", \"meta\": {\"body\": \"a\"}}\n");
    }

    [Fact]
    public async Task Counts_words_and_an_end_a_sentence_and_unknown_words()
    {
        var result = await _bench.RunAsync("EvaluateModelHook", "judge", null, Options());
        result.Values[0]!.GetValue<double>().ShouldBe(Math.Pow(10, (0.25 + 1 + 0.5 + 0.25 + 0.5) / 5), 1e-6);
        result.Values[1]!.GetValue<long>().ShouldBe(5);
        result.Values[2]!.GetValue<long>().ShouldBe(1);
        _bench.Watcher.Metrics.Single(m => m.Name == "judge.perplexity_without_unknown").Value
            .ShouldBe(Math.Pow(10, 1.5 / 4), 1e-6);
    }

    [Fact]
    public async Task The_text_may_stand_in_a_nested_field()
    {
        var options = Options();
        options["text_key"] = "meta.body";
        (await _bench.RunAsync("EvaluateModelHook", "judge", null, options)).Values[1]!.GetValue<long>().ShouldBe(2);
    }

    [Theory]
    [InlineData("0", "./d.jsonl:2: ")]
    [InlineData("1", "2 rows cannot be used")]
    [InlineData("0.4", "2 of 3 rows cannot be used")]
    [InlineData("2", null)]
    [InlineData("0.7", null)]
    public async Task Rows_that_cannot_be_used_fail_the_job_past_the_limit(string limit, string? message)
    {
        _bench.Write("d.jsonl", "{\"text\": \"a\"}\n{\"text\":\n\n{\"no\": 1}\n");
        var options = Options();
        options["max_bad_rows"] = JsonNode.Parse(limit);
        if (message is null)
        {
            (await _bench.RunAsync("EvaluateModelHook", "judge", null, options)).Values[1]!.GetValue<long>().ShouldBe(2);
            return;
        }

        (await _bench.FailureOfAsync("EvaluateModelHook", null, options)).ShouldContain(message);
    }

    [Fact]
    public async Task A_broken_model_is_named_with_its_line()
    {
        _bench.Write("lm.arpa", Model.Replace("-0.25", "x", StringComparison.Ordinal));
        (await _bench.FailureOfAsync("EvaluateModelHook", null, Options())).ShouldStartWith("./lm.arpa:8: ");
    }

    [Fact]
    public async Task Data_without_a_word_has_no_perplexity()
    {
        _bench.Write("d.jsonl", "{\"text\": \"\"}\n");
        (await _bench.FailureOfAsync("EvaluateModelHook", null, Options())).ShouldContain("./d.jsonl");
    }

    public void Dispose() => _bench.Dispose();

    private static JsonObject Options() =>
        JobBench.Json("""{"type": "perplexity", "model_path": "./lm.arpa", "dataset_path": "./d.jsonl"}""");
}
