using Sandbox.Components.DataExecutor.PromptOptimisation;
using Sandbox.Core.Components;
using Sandbox.Core.Hooks;

namespace Sandbox.Components.Catalogue;

/// <summary>Everything that a job can name: hooks first, then the component types by factory.</summary>
public static class ComponentCatalogue
{
    /// <summary>What a component or hook is said to come from when no plugin brought it.</summary>
    public const string BuiltInOrigin = "built in";

    /// <summary>The catalogue of what a host offers.</summary>
    public static IReadOnlyList<CatalogueEntry> Of(HookRegistry hooks, ComponentRegistry components) =>
    [
        .. hooks.Descriptors.Select(h => new CatalogueEntry(
            "hook", h.Name, h.Summary, h.Factory is null ? h.DefaultResults : null, h.Origin ?? BuiltInOrigin,
            CatalogueOption.Of(h.OptionsType))),
        .. components.All.Select(c => new CatalogueEntry(
            c.Factory, c.Type, c.Summary, c.Results, c.Origin ?? BuiltInOrigin, CatalogueOption.Of(c.OptionsType))),
        new CatalogueEntry(
            FactoryNames.DataExecutor, PromptRecipe.Operator, "An operator of recipes that asks a model: makes better prompts out of given ones.", null,
            BuiltInOrigin, CatalogueOption.Of(typeof(OptimizePromptOptions))),
    ];
}
