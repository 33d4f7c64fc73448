using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Validation;

/// <summary>What a recipe in <c>dj_configs</c> must be before anything runs.</summary>
internal static class RecipeRules
{
    /// <summary>Checks the operators and declares the data that the recipe reads and writes.</summary>
    public static void CheckRun(JobToInspect job, InspectionDraft draft)
    {
        CheckOperators(job, draft);
        if (draft.Known(JobInspector.DjConfigs, job.DjConfigs) is not { } recipe)
        {
            return;
        }

        DeclareData(recipe, draft);
        var export = recipe["export_path"];
        if (export is not null && export.GetValueKind() != JsonValueKind.String)
        {
            draft.Fault("dj_configs.export_path", "export_path must be a path.");
        }
        else if (export?.GetValue<string>() is { Length: > 0 } path)
        {
            draft.Path("dj_configs.export_path", path, PathAccess.Write);
            draft.Path("dj_configs.export_path", Path.Combine(Path.GetDirectoryName(path) ?? string.Empty, "analysis"), PathAccess.Write);
        }
    }

    /// <summary>Checks the operators of the recipe.</summary>
    public static void CheckOperators(JobToInspect job, InspectionDraft draft)
    {
        if (draft.Known(JobInspector.DjConfigs, job.DjConfigs) is not { } recipe || draft.IsReplaced("dj_configs.process"))
        {
            return;
        }

        if (recipe["process"] is not JsonArray process)
        {
            draft.Fault("dj_configs.process", "process must be a list of operators.");
            return;
        }

        for (var i = 0; i < process.Count; i++)
        {
            if (process[i] is not JsonObject { Count: 1 })
            {
                draft.Fault($"dj_configs.process[{i}]", "an operator is a mapping of one key, its name, to its options.");
            }
        }
    }

    private static void DeclareData(JsonObject recipe, InspectionDraft draft)
    {
        if (recipe["dataset_path"] is { } data && data.GetValueKind() == JsonValueKind.String)
        {
            draft.Path("dj_configs.dataset_path", data.GetValue<string>(), PathAccess.Read);
        }
        else if (recipe["dataset"] is null && recipe["dataset_path"] is null && recipe["generated_dataset_config"] is null)
        {
            draft.Fault("dj_configs.dataset_path", "the recipe names no data: give dataset_path.");
        }
    }
}
