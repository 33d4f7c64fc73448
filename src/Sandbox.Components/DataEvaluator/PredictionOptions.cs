using Sandbox.Components.DataPools;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.DataEvaluator;

/// <summary>Options that accuracy and mean squared error share.</summary>
internal abstract class PredictionOptions : BadRowOptions, IValidatableOptions
{
    [Option("predicted_dataset_path", Required = true, Path = PathAccess.Read, Description = "Data sets that hold the predictions: a path or a list.")]
    public IReadOnlyList<string> PredictedDatasetPath { get; set; } = [];

    [Option("ground_truth_dataset_path", Path = PathAccess.Read, Description = "Data sets that hold the truth, one for each with predictions; without it the truth stands beside the predictions.")]
    public IReadOnlyList<string> GroundTruthDatasetPath { get; set; } = [];

    public abstract string PredictedKey { get; }

    public abstract string GroundTruthKey { get; }

    public void Validate(Action<string, string> fault)
    {
        // A list that an input is yet to replace is empty here and says nothing about the other.
        var (predicted, truth) = (Given(PredictedDatasetPath), Given(GroundTruthDatasetPath));
        if (predicted > 0 && truth > 0 && predicted != truth)
        {
            fault("ground_truth_dataset_path", FormattableString.Invariant(
                $"there are {truth} ground-truth data sets for {predicted} with predictions: give one for each, or none."));
        }
    }

    private static int Given(IReadOnlyList<string> paths) => paths.Count(p => p.Length > 0);
}

/// <summary>Options of <c>accuracy</c>.</summary>
internal sealed class AccuracyOptions : PredictionOptions
{
    [Option("predicted_label_key", Required = true, Description = "Key of the predicted label; dots go into nested values.")]
    public string PredictedLabelKey { get; set; } = string.Empty;

    [Option("ground_truth_label_key", Required = true, Description = "Key of the true label; dots go into nested values.")]
    public string GroundTruthLabelKey { get; set; } = string.Empty;

    public override string PredictedKey => PredictedLabelKey;

    public override string GroundTruthKey => GroundTruthLabelKey;
}

/// <summary>Options of <c>mse</c>.</summary>
internal sealed class MseOptions : PredictionOptions
{
    [Option("predicted_value_key", Required = true, Description = "Key of the predicted number; dots go into nested values.")]
    public string PredictedValueKey { get; set; } = string.Empty;

    [Option("ground_truth_value_key", Required = true, Description = "Key of the true number; dots go into nested values.")]
    public string GroundTruthValueKey { get; set; } = string.Empty;

    public override string PredictedKey => PredictedValueKey;

    public override string GroundTruthKey => GroundTruthValueKey;
}
