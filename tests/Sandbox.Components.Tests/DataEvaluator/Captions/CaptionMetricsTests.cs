using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.DataEvaluator.Captions;

public sealed class CaptionMetricsTests : IDisposable
{
    private const string Hook = "EvaluateDataHook";
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [ReferenceFact(CaptionReference.Folder)]
    public async Task Figures_are_those_of_the_coco_evaluation()
    {
        var options = Options(CaptionReference.File("references.json"), CaptionReference.File("candidates.json"));
        options["result_path"] = "out/captions.json";
        var corpus = (await _bench.RunAsync(Hook, "captions", null, options)).Values[0]!;

        var expected = CaptionReference.Read("scores.json");
        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(_bench.Root, "out", "captions.json")))!;
        foreach (var metric in new[] { "Bleu_1", "Bleu_2", "Bleu_3", "Bleu_4", "ROUGE_L", "CIDEr" })
        {
            ((double)corpus[metric]!).ShouldBe((double)expected["corpus"]![metric]!, 1e-6, metric);
            foreach (var (image, figures) in expected["images"]!.AsObject())
            {
                ((double)written["images"]![image]![metric]!).ShouldBe((double)figures![metric]!, 1e-6, $"{metric} of {image}");
            }
        }

        var meteor = CaptionReference.Read("meteor-details.json")["fewer_modules"]!["exact stem synonym"]!["corpus"]!;
        ((double)corpus["METEOR"]!).ShouldBe((double)meteor, 0.01);
        ((string)corpus["METEOR_stages"]!).ShouldBe("exact, stem, synonym");
        written["corpus"]!.ToJsonString().ShouldBe(corpus.ToJsonString());
    }

    [Fact]
    public async Task A_perfect_caption_scores_full_and_an_empty_one_nothing()
    {
        _bench.Write("r.json", """
            {"annotations": [{"image_id": 1, "caption": "A dog runs on the green grass."}, {"image_id": 2, "caption": "Two cats sleep on a red sofa."}]}
            """);
        _bench.Write("c.json", """[{"image_id": 1, "caption": "a dog runs on the green grass"}, {"image_id": 2, "caption": " . "}]""");
        var options = Options("r.json", "c.json");
        options["result_path"] = "s.json";
        options["wordnet_dir"] = "/nowhere";
        var corpus = (await _bench.RunAsync(Hook, "captions", null, options)).Values[0]!;

        var images = JsonNode.Parse(File.ReadAllText(Path.Combine(_bench.Root, "s.json")))!["images"]!;
        ((double)images["1"]!["Bleu_4"]!).ShouldBe(1, 1e-6);
        ((double)images["1"]!["METEOR"]!).ShouldBe(1, 1e-12);
        ((double)images["1"]!["ROUGE_L"]!).ShouldBe(1, 1e-12);
        ((double)images["1"]!["CIDEr"]!).ShouldBe(10, 1e-9);
        images["2"]!.AsObject().ShouldAllBe(f => (double)f.Value! < 1e-4);
        ((string)corpus["METEOR_stages"]!).ShouldBe("exact, stem");
    }

    [Theory]
    [InlineData("""[{"image_id": 9, "caption": "x"}]""", "image 9 has no reference")]
    [InlineData("""[{"image_id": 1, "caption": "x"}, {"image_id": 1, "caption": "y"}]""", "more than one caption")]
    [InlineData("""[{"image_id": 1}]""", "item 1 needs")]
    [InlineData("""{"a": 1}""", "are a list")]
    [InlineData("[", "cannot be read as COCO captions")]
    [InlineData("[]", "holds no caption")]
    public async Task Bad_captions_fail_and_say_why(string candidates, string message)
    {
        _bench.Write("r.json", """{"annotations": [{"image_id": 1, "caption": "x"}]}""");
        _bench.Write("c.json", candidates);
        (await _bench.FailureOfAsync(Hook, null, Options("r.json", "c.json"))).ShouldContain(message);
    }

    private static JsonObject Options(string references, string candidates) => new()
    {
        ["type"] = "caption_metrics",
        ["references_path"] = references,
        ["candidates_path"] = candidates,
    };
}
