using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Iteration;
using Sandbox.Core.Recipes;

namespace Sandbox.Components.DataExecutor;

/// <summary>The recipe in a job's <c>dj_configs</c>, ready to run: its export path is full and has <c>iter_N</c>, as
/// upstream's.</summary>
internal static class JobRecipe
{
    private const string ExportPath = "export_path";

    /// <summary>Reads the recipe; operators are checked when it runs.</summary>
    /// <exception cref="JobFailedException">The recipe is missing or wrong.</exception>
    public static Recipe Of(HookContext context)
    {
        var source = context.DjConfigs ?? throw new JobFailedException("dj_configs is missing: it must hold a recipe.");
        var copy = (JsonObject)source.DeepClone();
        if (copy[ExportPath] is JsonValue value && value.TryGetValue(out string? path) && path.Length > 0)
        {
            copy[ExportPath] = context.Files.FullPath(IterationPaths.AddIteration(path, context.Job.Iteration));
        }

        var faults = new List<OptionFault>();
        var recipe = Recipe.Parse(copy, faults);
        return faults.Count == 0
            ? recipe
            : throw new JobFailedException(string.Join(' ', faults.Select(f => $"dj_configs.{f.Key}: {f.Message}")));
    }
}
