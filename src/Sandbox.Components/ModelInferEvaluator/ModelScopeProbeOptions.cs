using System.Text.Json.Nodes;
using Sandbox.Components.Environments;
using Sandbox.Core.Components.Options;
using Sandbox.Environments.Python;

namespace Sandbox.Components.ModelInferEvaluator;

/// <summary>Options of <c>modelscope</c> as a probe.</summary>
internal sealed class ModelScopeProbeOptions : EnvironmentOptions
{
    [Option("task", Description = "The pipeline's task, as in text-classification.")]
    public string? Task { get; set; }

    [Option("model", Description = "Name or path of the model.")]
    public string? Model { get; set; }

    [Option("model_params", Description = "What else ModelScope's pipeline is made with, as model_revision and device.")]
    public JsonObject ModelParams { get; set; } = [];

    [Option("score_key", Description = "Where a pipeline's answer holds the score, dots for nested ones; of a list the first number counts.")]
    public string ScoreKey { get; set; } = "scores";

    [Option("score_is", OneOf = ["confidence", "loss"], Description = "What the score says: confidence (0 to 1, its negative logarithm is the loss) or the loss itself.")]
    public string ScoreIs { get; set; } = "confidence";

    [Option("dataset_path", Description = "The samples to score. Set by the hook: the sample that it drew from dj_configs.dataset_path.")]
    public string DatasetPath { get; set; } = string.Empty;

    [Option("result_path", Description = "Where the scored samples go. Set by the hook: dj_configs.export_path.")]
    public string ResultPath { get; set; } = string.Empty;

    [Option("text_key", Description = "The field that holds the text, dots for nested ones.")]
    public string TextKey { get; set; } = "text";

    [Option("max_bad_rows", Min = 0, Description = "Malformed rows and rows without text that are put up with: a number, or a share of all rows when below 1.")]
    public double MaxBadRows { get; set; }

    protected override IReadOnlyList<Requirements> Needs(Func<string, string> path) => Packages("modelscope", "torch");

    public override void Validate(Action<string, string> fault)
    {
        base.Validate(fault);
        if (string.IsNullOrEmpty(Task) && string.IsNullOrEmpty(Model))
        {
            fault("task", "a pipeline needs a task, a model, or both.");
        }
    }
}
