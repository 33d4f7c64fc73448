using Sandbox.Components.DataExecutor.PromptOptimisation;
using Sandbox.Components.DataExecutor.Upstream;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution;

namespace Sandbox.Components.Validation;

/// <summary>What a recipe in <c>dj_configs</c> must be before anything runs.</summary>
internal static class RecipeRules
{
    /// <summary>Checks a recipe that is run or analysed, and declares the data that it reads and writes.</summary>
    /// <param name="job">The job.</param>
    /// <param name="draft">Receives faults and paths.</param>
    /// <param name="forAnalysis">Whether the recipe is only analysed.</param>
    public static void CheckRun(JobToInspect job, InspectionDraft draft, bool forAnalysis)
    {
        if (CheckShape(job, draft) is not { } recipe)
        {
            return;
        }

        if (!forAnalysis && PromptRecipe.Is(recipe))
        {
            draft.Faults(JobInspector.DjConfigs, CheckPrompts(recipe));
        }
        else
        {
            CheckOperators(job, recipe, draft, forAnalysis);
        }

        foreach (var path in recipe.Sources.Items.Where(s => s.Type == RecipeSource.Local).Select(s => s.Path).Where(p => p.AsSpan().IndexOfAny('*', '?') < 0))
        {
            draft.Path("dj_configs.dataset_path", path, PathAccess.Read);
        }

        if (recipe.Settings.ExportPath is { Length: > 0 } export)
        {
            DeclareExport(export, draft, forAnalysis);
        }
    }

    private static void CheckOperators(JobToInspect job, Recipe recipe, InspectionDraft draft, bool forAnalysis)
    {
        var engine = CheckEngine(job, draft);
        if (EngineChoice.Of(Given(recipe, draft), engine.Engine, engine.HasEnvironment, forAnalysis).IsEmbedded)
        {
            draft.Faults(JobInspector.DjConfigs, RecipeValidator.Check(recipe, forAnalysis));
        }
    }

    // A path that an input is yet to give is no mistake of the recipe.
    private static Recipe Given(Recipe recipe, InspectionDraft draft) => new[] { "dataset_path", "export_path" }
        .Where(key => draft.IsReplaced($"{JobInspector.DjConfigs}.{key}"))
        .Aggregate(recipe, (given, key) => given.With(key, "given.jsonl"));

    // The operator that asks a model is none of the data engine's: the rest is checked without it.
    private static IReadOnlyList<OptionFault> CheckPrompts(Recipe recipe)
    {
        var faults = new List<OptionFault>();
        PromptRecipe.Check(recipe, faults);
        return [.. RecipeValidator.Check(recipe.With("process", null)), .. faults];
    }

    /// <summary>Checks a recipe that is refined: it runs later, and perhaps elsewhere.</summary>
    public static void CheckRefined(JobToInspect job, InspectionDraft draft)
    {
        if (CheckShape(job, draft) is { } recipe)
        {
            draft.Faults(JobInspector.DjConfigs, RecipeValidator.CheckOptions(recipe));
        }
    }

    /// <summary>Checks that the recipe is one, whatever its operators; null where it is not known yet.</summary>
    public static Recipe? CheckShape(JobToInspect job, InspectionDraft draft)
    {
        if (draft.Known(JobInspector.DjConfigs, job.DjConfigs) is not { } source)
        {
            return null;
        }

        var faults = new List<OptionFault>();
        var recipe = Recipe.Parse(source, faults);
        draft.Faults(JobInspector.DjConfigs, faults);
        return recipe;
    }

    private static EngineOptions CheckEngine(JobToInspect job, InspectionDraft draft)
    {
        var faults = new List<OptionFault>();
        var engine = EngineOptions.Of(draft.Known(JobInspector.ExtraConfigs, job.ExtraConfigs), faults);
        draft.Faults(JobInspector.ExtraConfigs, faults);
        draft.Paths(JobInspector.ExtraConfigs, engine);
        return engine;
    }

    private static void DeclareExport(string export, InspectionDraft draft, bool forAnalysis)
    {
        const string Key = "dj_configs.export_path";
        draft.Path(Key, export, PathAccess.Write);
        draft.Path(Key, Path.ChangeExtension(export, null) + "_stats.jsonl", PathAccess.Write);
        if (forAnalysis)
        {
            draft.Path(Key, Path.Combine(Path.GetDirectoryName(export) ?? string.Empty, "analysis"), PathAccess.Write);
        }
    }
}
