using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.DataPools;
using Sandbox.Components.Python;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;

namespace Sandbox.Components.DataEvaluator;

/// <summary>A row's prediction and the truth that belongs to it.</summary>
/// <param name="Row">Which row of the data set, from 1.</param>
/// <param name="Predicted">The prediction; null where the row has none.</param>
/// <param name="Truth">The truth; null where the row has none.</param>
internal readonly record struct PredictionPair(long Row, JsonNode? Predicted, JsonNode? Truth);

/// <summary>Finds the data sets to compare and goes through them row by row; the shorter of two ends a pair.</summary>
internal sealed partial class PredictionPairs(PredictionOptions options, ComponentContext context)
{
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

    /// <summary>Goes through one pair of data sets.</summary>
    public async IAsyncEnumerable<PredictionPair> ReadAsync(
        string predictedPath, string truthPath, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var predictions = Open(predictedPath, cancellationToken);
        await using var truths = truthPath == predictedPath ? null : Open(truthPath, cancellationToken);
        for (var row = 1L; await predictions.MoveNextAsync() && (truths is null || await truths.MoveNextAsync()); row++)
        {
            yield return new PredictionPair(
                row,
                NestedKey.Find(predictions.Current, options.PredictedKey),
                NestedKey.Find((truths ?? predictions).Current, options.GroundTruthKey));
            if (row % 10_000 == 0)
            {
                context.Progress.Report(new JobProgress(row, null, "rows", predictedPath));
            }
        }
    }

    private IAsyncEnumerator<JsonObject> Open(string path, CancellationToken cancellationToken) =>
        DataPool.ReadAsync(path, context, cancellationToken).GetAsyncEnumerator(cancellationToken);

    [LoggerMessage(3201, LogLevel.Warning, "Left out of the evaluation, since it does not exist: {Paths}")]
    private static partial void LogLeftOut(ILogger logger, string paths);
}
