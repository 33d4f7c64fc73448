using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Components.Python;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.DataEvaluator;

/// <summary>The mean squared error of predicted numbers. Text that is no number is counted as <c>format_error</c> and left
/// out. Gives a list with a result a data set, and the smallest error.</summary>
internal sealed partial class MseEvaluator(MseOptions options) : IComponent
{
    public static ComponentDescriptor Descriptor { get; } = new()
    {
        Factory = FactoryNames.DataEvaluator,
        Type = "mse",
        Summary = "The mean squared error of predicted numbers.",
        OptionsType = typeof(MseOptions),
        Results = 2,
        Create = o => new MseEvaluator((MseOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var pairs = new PredictionPairs(options, context);
        var results = new JsonArray();
        double? least = null;
        foreach (var (predicted, truth) in pairs.Existing())
        {
            var (mse, errors) = await EvaluateAsync(pairs, predicted, truth, context, cancellationToken);
            if (!double.IsFinite(mse))
            {
                LogNotFinite(context.Logger, predicted, mse.ToString(CultureInfo.InvariantCulture));
            }

            results.Add(pairs.WithBadRows(new JsonObject
            {
                ["pred_path"] = predicted,
                ["gt_path"] = truth,
                ["mse"] = mse,
                ["format_error"] = errors,
            }));

            // As Python's min: what is not a number stays where it came first, since nothing is less.
            least = least is { } current && !(mse < current) ? current : mse;
        }

        context.Watcher.Log(context.Job.WatchName + ".min_mse", least!.Value);
        return new HookResult([results, JsonValue.Create(least.Value)]);
    }

    private async Task<(double Mse, long FormatErrors)> EvaluateAsync(
        PredictionPairs pairs, string predicted, string truth, ComponentContext context, CancellationToken cancellationToken)
    {
        var (total, errors, sum) = (0L, 0L, 0.0);
        await foreach (var pair in pairs.ReadAsync(predicted, truth, cancellationToken))
        {
            if (Number(pair.Predicted, predicted, pair.Row, options.PredictedKey) is { } guess
                && Number(pair.Truth, truth, pair.Row, options.GroundTruthKey) is { } value)
            {
                total++;
                sum += (guess - value) * (guess - value);
            }
            else
            {
                errors++;
            }
        }

        LogCounted(context.Logger, predicted, total, errors);
        return total > 0
            ? (sum / total, errors)
            : throw new JobFailedException(FormattableString.Invariant(
                $"there is nothing to evaluate: {predicted} and {truth} have no row with two numbers ({errors} rows are not numbers)."));
    }

    private static double? Number(JsonNode? node, string path, long row, string key)
    {
        var (outcome, value) = PythonFloat.Parse(node);
        return outcome switch
        {
            PythonFloatOutcome.Number => value,
            PythonFloatOutcome.NotANumber => null,
            _ => throw new JobFailedException(FormattableString.Invariant(
                $"{path}, row {row}: \"{key}\" is {(node is null ? "missing or null" : "a list or mapping")}, where a number is needed.")),
        };
    }

    [LoggerMessage(3202, LogLevel.Information, "{Path}: {Rows} rows compared, {Errors} left out because they are not numbers")]
    private static partial void LogCounted(ILogger logger, string path, long rows, long errors);

    [LoggerMessage(3203, LogLevel.Warning, "{Path}: the mean squared error is {Mse}: a row holds NaN or an infinity, or the squares are too large to add up")]
    private static partial void LogNotFinite(ILogger logger, string path, string mse);
}
