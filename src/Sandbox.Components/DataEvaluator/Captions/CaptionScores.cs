using System.Text.Json.Nodes;
using Sandbox.Components.DataEvaluator.Captions.Meteor;
using Sandbox.Components.DataEvaluator.Captions.Scores;
using Sandbox.Components.DataEvaluator.Captions.Tokenizing;

namespace Sandbox.Components.DataEvaluator.Captions;

/// <summary>The figures of a corpus and of each of its images.</summary>
/// <param name="Corpus">Metric: figure.</param>
/// <param name="Images">Image: its figures.</param>
/// <param name="MeteorStages">The stages of METEOR that ran.</param>
internal sealed record CaptionScores(JsonObject Corpus, JsonObject Images, IReadOnlyList<string> MeteorStages)
{
    /// <summary>Scores captions.</summary>
    /// <param name="captions">What to compare.</param>
    /// <param name="wordNet">Where WordNet may lie.</param>
    /// <param name="progress">Is told how many images are done.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static CaptionScores Of(
        IReadOnlyList<CaptionedImage> captions, string wordNet, Action<int> progress, CancellationToken cancellationToken)
    {
        var images = captions.Select(i => new CaptionedImage(
            i.Id, PtbTokenizer.Words(i.Candidate), [.. i.References.Select(PtbTokenizer.Words)])).ToList();
        var meteor = new MeteorScorer(WordNetSynonyms.Load(wordNet, Words(images), cancellationToken));
        var (bleu, cider, sum) = (new Bleu(), new Cider(images.Select(i => i.References)), MeteorStatistics.None);
        var (rouge, consensus, results) = (0.0, 0.0, new JsonObject());
        foreach (var (done, image) in images.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var statistics = meteor.Best(image.Candidate, image.References);
            var figures = Figures(
                bleu.Add(image.Candidate, image.References),
                statistics.Score,
                RougeL.Score(image.Candidate, image.References),
                cider.Score(image.Candidate, image.References));
            sum = sum.Plus(statistics);
            rouge += (double)figures["ROUGE_L"]!;
            consensus += (double)figures["CIDEr"]!;
            results[image.Id] = figures;
            progress(done + 1);
        }

        return new CaptionScores(
            Figures(bleu.Corpus, sum.Score, rouge / images.Count, consensus / images.Count), results, meteor.Stages);
    }

    private static HashSet<string> Words(IEnumerable<CaptionedImage> images) =>
        images.SelectMany(i => i.References.Append(i.Candidate)).SelectMany(MeteorWords.Of).ToHashSet(StringComparer.Ordinal);

    private static JsonObject Figures(double[] bleu, double meteor, double rouge, double cider) => new()
    {
        ["Bleu_1"] = bleu[0],
        ["Bleu_2"] = bleu[1],
        ["Bleu_3"] = bleu[2],
        ["Bleu_4"] = bleu[3],
        ["METEOR"] = meteor,
        ["ROUGE_L"] = rouge,
        ["CIDEr"] = cider,
    };
}
