using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.DataPools;
using Sandbox.Components.Python;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Data.Rows;

namespace Sandbox.Components.DataEvaluator;

/// <summary>A row's prediction and the truth that belongs to it.</summary>
/// <param name="Row">Which row of the data set, from 1.</param>
/// <param name="Predicted">The prediction; null where the row has none.</param>
/// <param name="Truth">The truth; null where the row has none.</param>
internal readonly record struct PredictionPair(long Row, JsonNode? Predicted, JsonNode? Truth);

/// <summary>Finds the data sets to compare and goes through them row by row; the shorter of two ends a pair.</summary>
internal sealed partial class PredictionPairs(PredictionOptions options, ComponentContext context)
{
    private readonly DataPoolReader _reader = new(context, options.MaxBadRows);

    /// <summary>A result with the number of malformed rows that were passed over, where there are any: upstream has no such
    /// key, as it dies of the first.</summary>
    public JsonObject WithBadRows(JsonObject result)
    {
        var (predicted, truth) = (result["pred_path"]!.GetValue<string>(), result["gt_path"]!.GetValue<string>());
        var bad = _reader.BadRowsOf(predicted) + (truth == predicted ? 0 : _reader.BadRowsOf(truth));
        if (bad > 0)
        {
            result["bad_rows"] = bad;
        }

        return result;
    }

    /// <summary>The pairs of data sets that exist, as upstream: others are left out.</summary>
    /// <exception cref="JobFailedException">None exists.</exception>
    public IReadOnlyList<(string Predicted, string Truth)> Existing()
    {
        var truths = options.GroundTruthDatasetPath.Count == 0 ? options.PredictedDatasetPath : options.GroundTruthDatasetPath;
        var existing = new List<(string, string)>();
        foreach (var (predicted, truth) in options.PredictedDatasetPath.Zip(truths))
        {
            string[] missing = [.. new[] { predicted, truth }.Distinct(StringComparer.Ordinal).Where(p => !Path.Exists(context.Files.ResolveRead(p)))];
            if (missing.Length == 0)
            {
                existing.Add((predicted, truth));
            }
            else
            {
                LogLeftOut(context.Logger, string.Join(", ", missing));
            }
        }

        return existing.Count > 0
            ? existing
            : throw new JobFailedException(
                $"none of the data sets to evaluate exists: {string.Join(", ", options.PredictedDatasetPath.Concat(truths).Distinct(StringComparer.Ordinal))}.");
    }

    /// <summary>Goes through one pair of data sets. A row that is malformed in one of them is left out of both.</summary>
    public async IAsyncEnumerable<PredictionPair> ReadAsync(
        string predictedPath, string truthPath, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (prediction, truth) in TogetherAsync(predictedPath, truthPath, cancellationToken))
        {
            yield return new PredictionPair(
                prediction.Number,
                NestedKey.Find(DataPool.ToJson(prediction), options.PredictedKey),
                NestedKey.Find(DataPool.ToJson(truth), options.GroundTruthKey));
            if (prediction.Number % 10_000 == 0)
            {
                context.Progress.Report(new JobProgress(prediction.Number, null, "rows", predictedPath));
            }
        }
    }

    private async IAsyncEnumerable<(Row Prediction, Row Truth)> TogetherAsync(
        string predictedPath, string truthPath, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var truths = _reader.RowsAsync(truthPath, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var more = await truths.MoveNextAsync();
        if (truthPath == predictedPath)
        {
            for (; more; more = await truths.MoveNextAsync())
            {
                yield return (truths.Current, truths.Current);
            }

            yield break;
        }

        // Both are read to their ends, so that all malformed rows are counted.
        await foreach (var prediction in _reader.RowsAsync(predictedPath, cancellationToken))
        {
            while (more && truths.Current.Number < prediction.Number)
            {
                more = await truths.MoveNextAsync();
            }

            if (more && truths.Current.Number == prediction.Number)
            {
                yield return (prediction, truths.Current);
            }
        }

        while (more)
        {
            more = await truths.MoveNextAsync();
        }
    }

    [LoggerMessage(3201, LogLevel.Warning, "Left out of the evaluation, since it does not exist: {Paths}")]
    private static partial void LogLeftOut(ILogger logger, string paths);
}
