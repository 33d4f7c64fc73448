using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.DataEvaluator;

/// <summary>The share of rows whose predicted label is the true one, both as Python's <c>str</c> writes them. Gives a
/// list with a result a data set, and the largest accuracy.</summary>
internal sealed class AccuracyEvaluator(AccuracyOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.DataEvaluator,
        Type = "accuracy",
        Summary = "The share of rows whose predicted label is the true one.",
        OptionsType = typeof(AccuracyOptions),
        Results = 2,
        Create = o => new AccuracyEvaluator((AccuracyOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var pairs = new PredictionPairs(options, context);
        var results = new JsonArray();
        var best = double.NegativeInfinity;
        foreach (var (predicted, truth) in pairs.Existing())
        {
            var accuracy = await EvaluateAsync(pairs, predicted, truth, cancellationToken);
            results.Add(pairs.WithBadRows(new JsonObject { ["pred_path"] = predicted, ["gt_path"] = truth, ["accuracy"] = accuracy }));
            best = Math.Max(best, accuracy);
        }

        context.Watcher.Log(context.Job.WatchName + ".max_accuracy", best);
        return new HookResult([results, JsonValue.Create(best)]);
    }

    private async Task<double> EvaluateAsync(
        PredictionPairs pairs, string predicted, string truth, CancellationToken cancellationToken)
    {
        var matches = new LabelMatches();
        await foreach (var pair in pairs.ReadAsync(predicted, truth, cancellationToken))
        {
            matches.Add(pair.Predicted, pair.Truth);
        }

        return matches.Rows > 0
            ? (double)matches.Hits / matches.Rows
            : throw new JobFailedException($"there is nothing to evaluate: {predicted} or {truth} has no rows.");
    }
}
