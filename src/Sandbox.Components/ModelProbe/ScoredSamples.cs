using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.ModelProbe;

/// <summary>The file that a probe leaves: each sample with a field <c>__probe__</c> that holds its score, what it is called
/// (easy, hard, dirty) and what else the model said.</summary>
internal static class ScoredSamples
{
    public const string Field = "__probe__";
    private const int ProgressEvery = 200;

    /// <summary>Scores, finds the fences and writes. The result is what is watched.</summary>
    public static async Task<HookResult> WriteAsync(
        string resultPath, ComponentContext context, IAsyncEnumerable<ScoredSample> samples, CancellationToken cancellationToken)
    {
        // Scores first: a sample's name depends on all of them.
        var scores = new List<double>();
        var raw = context.Files.Scratch("scored.jsonl");
        await WholeFile.WriteAsync(raw, async file =>
        {
            await foreach (var sample in samples.WithCancellation(cancellationToken))
            {
                scores.Add(sample.Score);
                sample.Details["score"] = double.IsFinite(sample.Score) ? sample.Score : null;
                var json = sample.Row.ToJson();
                json[Field] = sample.Details;
                await file.WriteAsync(Encoding.UTF8.GetBytes(json.ToJsonString(DataPool.Json) + "\n"), cancellationToken);
                if (scores.Count % ProgressEvery == 0)
                {
                    context.Progress.Report(new JobProgress(scores.Count, null, "samples", "scoring"));
                }
            }
        });
        if (!scores.Exists(double.IsFinite))
        {
            throw new JobFailedException("no sample has a score: there is nothing to probe.");
        }

        var fences = ScoreFences.Of(scores);
        await NameAsync(raw, context.Files.ResolveWrite(resultPath), fences, cancellationToken);
        File.Delete(raw);
        return HookResult.One(Summary(resultPath, scores, fences));
    }

    private static Task NameAsync(string from, string to, ScoreFences fences, CancellationToken cancellationToken) =>
        WholeFile.WriteAsync(to, async file =>
        {
            await foreach (var line in File.ReadLinesAsync(from, cancellationToken))
            {
                var row = JsonNode.Parse(line)!.AsObject();
                var probe = row[Field]!.AsObject();
                probe["name"] = fences.Name(probe["score"]?.GetValue<double>() ?? double.NaN);
                await file.WriteAsync(Encoding.UTF8.GetBytes(row.ToJsonString(DataPool.Json) + "\n"), cancellationToken);
            }
        });

    private static JsonObject Summary(string path, List<double> scores, ScoreFences fences) => new()
    {
        ["_type"] = "model_probe",
        ["path"] = path,
        ["samples"] = scores.Count,
        ["mean"] = scores.Where(double.IsFinite).Average(),
        ["lower_quartile"] = fences.LowerQuartile,
        ["median"] = fences.Median,
        ["upper_quartile"] = fences.UpperQuartile,
        ["fence"] = fences.Fence,
        ["hard"] = scores.Count(s => fences.Name(s) == ScoreFences.Hard),
        ["dirty"] = scores.Count(s => fences.Name(s) == ScoreFences.Dirty),
    };
}
