using System.Text.Json.Nodes;
using Sandbox.Components.TextQuality;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.TextQuality;

public sealed class TextQualityTests : IDisposable
{
    private const string Folder = "upstream-runs/quality";
    private const string Corpus = "upstream-runs/data-juicer/inputs/sotu.jsonl";
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [ReferenceFact(Folder)]
    public void Words_are_hashed_where_spark_hashes_them()
    {
        foreach (var (word, index) in JsonNode.Parse(File.ReadAllText(Reference.Find(Folder + "/words/hashes.json")!))!.AsObject())
        {
            TermHash.IndexOf(word, 1 << 18, legacy: false).ShouldBe((int)index!, word);
        }
    }

    [ReferenceFact(Folder)]
    public async Task Scores_with_given_weights_are_sparks()
    {
        var model = await QualityModel.LoadAsync(Reference.Find(Folder + "/words/weights.json")!, "weights", CancellationToken.None);
        var texts = Texts().Where(t => t.Number % 4 == 0).ToList();
        var rows = Scores();
        rows.Count.ShouldBeGreaterThan(200);
        foreach (var (i, row) in rows.Index())
        {
            var words = JavaWords.Split((string?)row["text"] ?? texts[i].Text);
            words.Length.ShouldBe((int)row["words"]!, (string?)row["id"]);
            if (row["tokens"] is JsonArray tokens)
            {
                words.ShouldBe(tokens.Select(t => (string)t!));
                QualityModel.Count(words, 1 << 18).ToDictionary(c => c.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), c => c.Count)
                    .ShouldBe(row["features"]!.AsObject().ToDictionary(f => f.Key, f => (double)f.Value!), ignoreOrder: true);
            }

            model.Margin(words).ShouldBe((double)row["raw"]!, 1e-9, (string?)row["id"]);
            QualityModel.Probability(model.Margin(words)).ShouldBe((double)row["doc_score"]!, 1e-9);
        }
    }

    [ReferenceFact(Folder)]
    public async Task Scores_on_the_pieces_of_a_sentencepiece_model_are_sparks()
    {
        var spark = Scores("pieces");
        spark.Count.ShouldBeGreaterThan(200);
        var texts = Texts().Where(t => t.Number % 4 == 0).ToList();
        _bench.Write("test.jsonl", string.Concat(spark.Select((row, i) => new JsonObject { ["text"] = (string?)row["text"] ?? texts[i].Text }.ToJsonString() + "\n")));
        File.Copy(Reference.Find(Folder + "/pieces/weights.json")!, Path.Combine(_bench.Root, "weights.json"));
        File.Copy(Reference.Find("upstream-runs/data-juicer/models/en.sp.model")!, Path.Combine(_bench.Root, "en.sp.model"));

        await _bench.RunAsync("EvaluateDataHook", "score", null, JobBench.Json("""
            {"type": "dj_text_quality_classifier", "dataset_path": "test.jsonl", "model_path": "weights.json", "tokenizer_path": "en.sp.model", "result_path": "scores.jsonl"}
            """));

        var own = File.ReadLines(Path.Combine(_bench.Root, "scores.jsonl")).Select(l => JsonNode.Parse(l)!).ToList();
        own.Count.ShouldBe(spark.Count);
        foreach (var (mine, theirs) in own.Zip(spark))
        {
            ((double)mine["doc_score"]!).ShouldBe((double)theirs["doc_score"]!, 1e-9, (string?)theirs["id"]);
            ((int)mine["should_keep"]!).ShouldBe((int)theirs["should_keep"]!);
        }

        var cut = Sandbox.Data.Tokenizers.TextPieces.Load(Path.Combine(_bench.Root, "en.sp.model"));
        foreach (var row in spark.Where(r => r["tokens"] is not null))
        {
            cut.Cut((string)row["text"]!).ShouldBe(row["tokens"]!.AsArray().Select(t => (string)t!), (string?)row["id"]);
        }
    }

    [ReferenceFact(Folder)]
    public async Task A_training_on_pieces_tells_new_from_old()
    {
        File.Copy(Reference.Find("upstream-runs/data-juicer/models/en.sp.model")!, Path.Combine(_bench.Root, "en.sp.model"));
        foreach (var (name, isGood) in new[] { ("good", true), ("bad", false) })
        {
            _bench.Write(name + ".jsonl", string.Concat(Texts().Where(t => t.Number % 4 != 0 && t.Year >= 1945 == isGood).Take(60)
                .Select(t => new JsonObject { ["text"] = t.Text }.ToJsonString() + "\n")));
        }

        await _bench.RunAsync("TrainModelHook", "quality", null, JobBench.Json(
            """{"type": "dj_text_quality_classifier", "positive_datasets": "good.jsonl", "negative_datasets": "bad.jsonl", "model_path": "m.json", "tokenizer_path": "en.sp.model"}"""));

        var model = await QualityModel.LoadAsync(Path.Combine(_bench.Root, "m.json"), "m.json", CancellationToken.None);
        model.Weights[TermHash.IndexOf("▁the", model.Features, legacy: false)].ShouldNotBe(0);
    }

    [ReferenceFact(Folder)]
    public async Task A_training_of_ones_own_tells_new_from_old_as_well_as_sparks()
    {
        foreach (var (name, isGood) in new[] { ("good", true), ("bad", false) })
        {
            _bench.Write(name + ".jsonl", string.Concat(Texts().Where(t => t.Number % 4 != 0 && t.Year >= 1945 == isGood)
                .Select(t => new JsonObject { ["text"] = t.Text }.ToJsonString() + "\n")));
        }

        _bench.Write("test.jsonl", string.Concat(Texts().Where(t => t.Number % 4 == 0).Select(t => new JsonObject { ["text"] = t.Text }.ToJsonString() + "\n")));
        var trained = await _bench.RunAsync("TrainModelHook", "quality", null, JobBench.Json(
            """{"type": "dj_text_quality_classifier", "positive_datasets": "good.jsonl", "negative_datasets": "bad.jsonl", "model_path": "m/weights.json"}"""));
        ((string)trained.Values[0]!).ShouldBe("m/weights.json");
        _bench.Watcher.Metrics.Last(m => m.Name == "quality.loss").Value.ShouldBeLessThan(1e-4, "the texts can be told apart wholly");

        var scored = await _bench.RunAsync("EvaluateDataHook", "score", null, JobBench.Json(
            """{"type": "dj_text_quality_classifier", "dataset_path": "test.jsonl", "model_path": "m/weights.json", "result_path": "scores.jsonl"}"""));
        var own = File.ReadLines(Path.Combine(_bench.Root, "scores.jsonl")).Select(l => JsonNode.Parse(l)!).ToList();
        ((double)scored.Values[0]!).ShouldBe(own.Average(r => (double)r["doc_score"]!), 1e-12);
        var spark = Scores().Where(r => r["text"] is null).ToList();
        own.Count.ShouldBe(spark.Count);
        var pairs = own.Zip(spark, (o, s) => (Own: (double)o["doc_score"]!, Spark: (double)s["raw"]!, IsNew: (int)s["label"]! == 1)).ToList();
        var (ownOrder, sparkOrder) = (Order(pairs.Select(p => (p.Own, p.IsNew))), Order(pairs.Select(p => (p.Spark, p.IsNew))));
        ownOrder.ShouldBeGreaterThan(0.9);
        ownOrder.ShouldBeGreaterThan(sparkOrder - 0.03);
        pairs.Average(p => p.Own > 0.5 == p.Spark > 0 ? 1.0 : 0).ShouldBeGreaterThan(0.85, "there is no single optimum, but the same texts are new");
    }

    [Theory]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφος")]
    [InlineData("ΑΣ ΒΣΓ Σ", "ας|βσγ|σ")]
    [InlineData("İ𐐀", "i̇𐐨")]
    [InlineData(" a  b ", "|a||b")]
    [InlineData("", "")]
    public void Words_are_cut_by_javas_rules(string text, string words) => string.Join('|', JavaWords.Split(text)).ShouldBe(words);

    [Theory]
    [InlineData("{}", "it needs numFeatures")]
    [InlineData("[", "cannot be read")]
    [InlineData("""{"numFeatures": 4, "intercept": 0, "coefficients": {"9": 1}}""", "cannot be read")]
    [InlineData("""{"numFeatures": 4, "intercept": "x", "coefficients": {}}""", "cannot be read")]
    public async Task Files_that_are_no_model_are_refused(string model, string message)
    {
        _bench.Write("m.json", model);
        _bench.Write("d.jsonl", "{\"text\": \"a\"}\n");
        (await _bench.FailureOfAsync("EvaluateDataHook", null, JobBench.Json(
            """{"type": "dj_text_quality_classifier", "dataset_path": "d.jsonl", "model_path": "m.json"}"""))).ShouldContain(message);
    }

    // The share of pairs of a new and an old text whose scores are in that order.
    private static double Order(IEnumerable<(double Score, bool IsNew)> scored)
    {
        var all = scored.ToList();
        return all.Where(a => a.IsNew).SelectMany(a => all.Where(b => !b.IsNew).Select(b => a.Score > b.Score ? 1.0 : 0)).Average();
    }

    private static List<JsonNode> Scores(string tokens = "words") => [.. File.ReadLines(Reference.Find($"{Folder}/{tokens}/scores.jsonl")!).Select(l => JsonNode.Parse(l)!)];

    private static List<(int Number, string Text, int Year)> Texts() => File.ReadLines(Reference.Find(Corpus)!)
        .Select((line, i) => (Row: JsonNode.Parse(line)!, i))
        .Select(r => (Number: r.i, Text: (string)r.Row["text"]!, Year: int.Parse(r.Row["meta"]!["year"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture)))
        .ToList();
}
