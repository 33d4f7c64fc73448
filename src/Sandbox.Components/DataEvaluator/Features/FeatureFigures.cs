using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;

namespace Sandbox.Components.DataEvaluator.Features;

/// <summary>Computes the metrics that the options name.</summary>
internal static class FeatureFigures
{
    public static JsonObject Of(FeatureMetricsOptions options, ComponentContext context, CancellationToken cancellationToken)
    {
        var figures = new JsonObject();
        var (real, generated) = ReadPair(options, context);
        foreach (var (i, metric) in options.Metrics.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Progress.Report(new JobProgress(i, options.Metrics.Count, "metrics", metric));
            Add(metric, real, generated, options, context, figures, cancellationToken);
        }

        return figures;
    }

    private static (double[][] Real, double[][] Generated) ReadPair(FeatureMetricsOptions options, ComponentContext context)
    {
        if (options.Metrics.TrueForAll(m => m == FeatureMetricNames.Inception))
        {
            return ([], []);
        }

        var real = Read(options.RealPath!, context);
        var generated = Read(options.GeneratedPath!, context);
        if (real[0].Length != generated[0].Length)
        {
            throw new JobFailedException(FormattableString.Invariant(
                $"{options.RealPath} has {real[0].Length} columns and {options.GeneratedPath} has {generated[0].Length}: features of one detector are needed."));
        }

        var fewest = Math.Min(real.Length, generated.Length);
        var needed = options.Metrics.Contains(FeatureMetricNames.Precision) ? options.Neighbours + 1 : 2;
        return fewest >= needed
            ? (real, generated)
            : throw new JobFailedException(FormattableString.Invariant($"{needed} rows are needed, and one side has {fewest}."));
    }

    private static void Add(
        string metric, double[][] real, double[][] generated, FeatureMetricsOptions options, ComponentContext context, JsonObject figures, CancellationToken cancellationToken)
    {
        switch (metric)
        {
            case FeatureMetricNames.Fid:
                figures[metric] = FrechetDistance.Of(real, generated, freedom: 1);
                break;
            case FeatureMetricNames.Fvd:
                figures[metric] = FrechetDistance.Of(real, generated, freedom: 0);
                break;
            case FeatureMetricNames.Kid:
                figures[metric] = options.Subsets == 0
                    ? KernelDistance.Of(real, generated)
                    : KernelDistance.OverSubsets(real, generated, options.Subsets, options.SubsetSize, (uint)options.Seed, cancellationToken);
                break;
            case FeatureMetricNames.Precision:
                figures["precision"] = Coverage.Of(real, generated, options.Neighbours);
                figures["recall"] = Coverage.Of(generated, real, options.Neighbours);
                break;
            default:
                AddInception(options, context, figures);
                break;
        }
    }

    private static void AddInception(FeatureMetricsOptions options, ComponentContext context, JsonObject figures)
    {
        var logits = Read(options.LogitsPath!, context);
        if (logits.Length < options.Splits)
        {
            throw new JobFailedException(FormattableString.Invariant(
                $"{options.LogitsPath} has {logits.Length} rows, fewer than splits ({options.Splits})."));
        }

        var (mean, deviation) = InceptionScore.Of(logits, options.Splits);
        figures["inception_score_mean"] = mean;
        figures["inception_score_std"] = deviation;
    }

    private static double[][] Read(string path, ComponentContext context) => NpyFile.ReadMatrix(context.Files.ResolveRead(path), path);
}
