using System.Text.Json.Nodes;
using Sandbox.Components.ModelTrain.NgramLm;
using Sandbox.Components.Tests.Testing;
using Sandbox.Core.Components.Options;
using Sandbox.Testing;
using Shouldly;

namespace Sandbox.Components.Tests.NgramLm;

public sealed class NgramLmTests : IDisposable
{
    private const string Reference3 = "upstream-runs/ngram";
    private readonly JobBench _bench = new();

    [ReferenceFact(Reference3)]
    public async Task Trains_on_rows_and_is_judged_as_KenLM_judges_it()
    {
        Rows("train.jsonl", File.ReadLines(Reference.Find(Reference3 + "/train.txt")!));
        Rows("test.jsonl", File.ReadLines(Reference.Find(Reference3 + "/test.txt")!));
        var trained = await TrainAsync("""{"train_dataset": "./train.jsonl", "valid_dataset": "./test.jsonl", "order": 4}""");
        trained.Values.Single()!.GetValue<string>().ShouldBe("./out/lm.arpa");

        var judged = await JudgeAsync("""{"dataset_path": "./test.jsonl"}""");
        judged.Values[0]!.GetValue<double>().ShouldBe(180.858736, 1e-5);
        judged.Values[1]!.GetValue<long>().ShouldBe(3895);
        judged.Values.Count.ShouldBe(3);

        var losses = _bench.Watcher.Metrics.Where(m => m.Name == "train.loss").ToArray();
        losses.Select(m => m.Step).ShouldBe(Enumerable.Range(1, 10).Select(i => (double?)(i * 10)));
        Math.Exp(losses[^1].Value).ShouldBe(180.858736, 1e-3);
        _bench.Watcher.Metrics.ShouldContain(m => m.Name == "judge.perplexity_without_unknown");
    }

    [Fact]
    public async Task Several_data_sets_make_one_model()
    {
        Rows("a.jsonl", ["a b c", "b c"]);
        Rows("b.jsonl", ["c a"]);
        Rows("ab.jsonl", ["a b c", "b c", "c a"]);
        await TrainAsync("""{"train_dataset": ["./a.jsonl", "./b.jsonl"]}""");
        var two = await File.ReadAllTextAsync(Model);
        await TrainAsync("""{"train_dataset": "./ab.jsonl"}""");
        (await File.ReadAllTextAsync(Model)).ShouldBe(two);
    }

    [Fact]
    public async Task A_fixed_vocabulary_makes_other_words_unknown()
    {
        Rows("a.jsonl", ["a b c", "b d e"]);
        _bench.Write("words.txt", "a\nb\nzebra\n");
        await TrainAsync("""{"train_dataset": "./a.jsonl", "vocabulary": "./words.txt"}""");
        var judged = await JudgeAsync("""{"dataset_path": "./a.jsonl"}""");
        judged.Values[2]!.GetValue<long>().ShouldBe(3);
        (await File.ReadAllTextAsync(Model)).ShouldContain("\tzebra\t");
    }

    [Fact]
    public async Task A_character_model_is_known_as_such_when_it_is_judged()
    {
        Rows("a.jsonl", ["ab ba", "ba"]);
        await TrainAsync("""{"train_dataset": "./a.jsonl", "unit": "character"}""");
        var judged = await JudgeAsync("""{"dataset_path": "./a.jsonl"}""");
        judged.Values[1]!.GetValue<long>().ShouldBe(9);
        judged.Values[2]!.GetValue<long>().ShouldBe(0);
    }

    [Fact]
    public async Task Data_without_a_word_leaves_no_model()
    {
        Rows("a.jsonl", ["", " \n "]);
        var failure = await _bench.FailureOfAsync("TrainModelHook", null, Extra("ngram_lm", """{"train_dataset": "./a.jsonl"}"""));
        failure.ShouldContain("./a.jsonl");
        failure.ShouldContain("no word");
        Directory.GetFiles(Path.GetDirectoryName(Model)!).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_directory_in_the_way_of_the_model_is_named()
    {
        Rows("a.jsonl", ["a b"]);
        Directory.CreateDirectory(Model);
        (await _bench.FailureOfAsync("TrainModelHook", null, Extra("ngram_lm", """{"train_dataset": "./a.jsonl"}""")))
            .ShouldContain("./out/lm.arpa");
    }

    [Theory]
    [InlineData("""{"order": 0}""", "order")]
    [InlineData("""{"order": 11}""", "order")]
    [InlineData("""{"unit": "chars"}""", "unit")]
    [InlineData("""{"discount_fallback": [0.5, 1]}""", "discount_fallback")]
    [InlineData("""{"discount_fallback": [0.5, 1, 4]}""", "discount_fallback")]
    [InlineData("""{"train_dataset": []}""", "train_dataset")]
    [InlineData("""{"memory_mb": 0}""", "memory_mb")]
    public void Wrong_options_are_faults(string given, string key)
    {
        var options = Extra("ngram_lm", """{"train_dataset": "./a.jsonl"}""");
        foreach (var (name, value) in JobBench.Json(given))
        {
            options[name] = value?.DeepClone();
        }

        var faults = new List<OptionFault>();
        OptionsBinder.Bind(typeof(NgramLmOptions), options, faults, ["type"]);
        faults.Select(f => f.Key).ShouldBe([key]);
    }

    public void Dispose() => _bench.Dispose();

    private string Model => Path.Combine(_bench.Root, "out", "lm.arpa");

    private static JsonObject Extra(string type, string options)
    {
        var extra = JobBench.Json(options);
        extra["type"] = type;
        extra["model_path"] = "./out/lm.arpa";
        return extra;
    }

    private Task<Core.Hooks.HookResult> TrainAsync(string options) =>
        _bench.RunAsync("TrainModelHook", "train", null, Extra("ngram_lm", options));

    private Task<Core.Hooks.HookResult> JudgeAsync(string options) =>
        _bench.RunAsync("EvaluateModelHook", "judge", null, Extra("perplexity", options));

    private void Rows(string name, IEnumerable<string> texts) =>
        _bench.Write(name, string.Concat(texts.Select(t => new JsonObject { ["text"] = t }.ToJsonString() + "\n")));
}
