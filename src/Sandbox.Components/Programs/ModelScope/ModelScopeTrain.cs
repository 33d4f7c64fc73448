using System.Text.Json.Nodes;
using Sandbox.Components.DataPools;
using Sandbox.Components.Environments;
using Sandbox.Components.Programs.Steps;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Python;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.ModelScope;

/// <summary>Options of <c>modelscope</c> as a trainer. All of them are merged into ModelScope's own config, as upstream does.</summary>
internal sealed class ModelScopeTrainOptions : EnvironmentOptions
{
    [Option("model_name", Required = true, Description = "The model: an id of ModelScope or a path.")]
    public string ModelName { get; set; } = string.Empty;

    [Option("trainer_name", Required = true, Description = "The trainer of ModelScope.")]
    public string TrainerName { get; set; } = string.Empty;

    [Option("train_dataset", Path = PathAccess.Read, Description = "The data to train on.")]
    public string? TrainDataset { get; set; }

    [Option("eval_dataset", Path = PathAccess.Read, Description = "The data to evaluate on while training.")]
    public string? EvalDataset { get; set; }

    [Option("work_dir", Required = true, Path = PathAccess.Write, Description = "The directory for the results.")]
    public string WorkDir { get; set; } = string.Empty;

    [Option("key_remapping", Description = "New names of fields: old name: new name.")]
    public JsonObject KeyRemapping { get; set; } = [];

    [Option("train", Description = "ModelScope's settings of the training.")]
    public JsonObject Train { get; set; } = [];

    [Option("evaluation", Description = "ModelScope's settings of the evaluation.")]
    public JsonObject? Evaluation { get; set; }

    [Option("model", Description = "ModelScope's settings of the model.")]
    public JsonObject? Model { get; set; }

    [Option("dataset", Description = "ModelScope's settings of the data.")]
    public JsonObject? Dataset { get; set; }

    [Option("preprocessor", Description = "ModelScope's settings of the preprocessing.")]
    public JsonObject? Preprocessor { get; set; }

    protected override IReadOnlyList<Requirements> Needs(Func<string, string> path) => Packages("modelscope", "torch");
}

/// <summary>Trains with ModelScope, driven by a small Python program. Gives the directory of the results.</summary>
internal sealed class ModelScopeTrain(ProcessSupervision supervision, ModelScopeTrainOptions options) : IComponent
{
    private const string Driver = "modelscope_train.py";

    public static ComponentDescriptor Descriptor(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.ModelTrain,
        Type = "modelscope",
        Summary = "Trains a model with ModelScope.",
        OptionsType = typeof(ModelScopeTrainOptions),
        Create = o => new ModelScopeTrain(supervision, (ModelScopeTrainOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var programs = await ProgramSteps.PrepareAsync(supervision, options, context, cancellationToken);
        var work = programs.WorkDirectory(options.WorkDir);
        var request = context.Files.Lasting("modelscope.json");
        await WholeFile.WriteTextAsync(request, Request(work, context).ToJsonString(DataPool.Json), cancellationToken);
        var driver = await Drivers.PlaceAsync(Driver, context, cancellationToken);
        var written = await programs.RunAsync(
            new ProgramStep($"train {options.ModelName}", [programs.Python, driver, request], context.Files.FullPath(".")), _ => JsonValue.Create(work), cancellationToken);
        programs.Adopt((string)written!, options.WorkDir);
        return HookResult.One(options.WorkDir);
    }

    private JsonObject Request(string work, ComponentContext context)
    {
        var config = new JsonObject
        {
            ["type"] = "modelscope",
            ["model_name"] = options.ModelName,
            ["trainer_name"] = options.TrainerName,
            ["work_dir"] = work,
            ["key_remapping"] = options.KeyRemapping.DeepClone(),
            ["train"] = options.Train.DeepClone(),
        };
        foreach (var (key, value) in new (string, JsonNode?)[]
        {
            ("train_dataset", options.TrainDataset is { Length: > 0 } train ? context.Files.ResolveRead(train) : null),
            ("eval_dataset", options.EvalDataset is { Length: > 0 } eval ? context.Files.ResolveRead(eval) : null),
            ("evaluation", options.Evaluation?.DeepClone()),
            ("model", options.Model?.DeepClone()),
            ("dataset", options.Dataset?.DeepClone()),
            ("preprocessor", options.Preprocessor?.DeepClone()),
        })
        {
            if (value is not null)
            {
                config[key] = value;
            }
        }

        return config;
    }
}
