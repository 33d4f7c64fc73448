using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Plugins.Manifests;

/// <summary>A <c>plugin.yaml</c>: what a program offers.</summary>
internal sealed class ManifestEntry
{
    [Option("command", Required = true, Description = "The program and its arguments; one that names a file beside the manifest means that file.")]
    public List<string> Command { get; set; } = [];

    [Option("stages", Description = "Stages of its own.")]
    public JsonArray Stages { get; set; } = [];

    [Option("factories", Description = "Names of factories of its own.")]
    public List<string> Factories { get; set; } = [];

    [Option("hooks", Description = "Hooks.")]
    public JsonArray Hooks { get; set; } = [];

    [Option("components", Description = "Component types.")]
    public JsonArray Components { get; set; } = [];
}

/// <summary>A stage of a manifest.</summary>
internal sealed class StageEntry
{
    [Option("name", Required = true, Description = "Its short name, as in publish.")]
    public string Name { get; set; } = string.Empty;

    [Option("after", Description = "The stage behind which it runs.")]
    public string After { get; set; } = "evaluate";
}

/// <summary>A hook of a manifest.</summary>
internal sealed class HookEntry
{
    [Option("name", Required = true, Description = "The name in a YAML.")]
    public string Name { get; set; } = string.Empty;

    [Option("stages", Required = true, Description = "The stages where it belongs.")]
    public List<string> Stages { get; set; } = [];

    [Option("factory", Description = "The factory whose components it starts; without it the program runs.")]
    public string? Factory { get; set; }

    [Option("summary", Required = true, Description = "One sentence for people.")]
    public string Summary { get; set; } = string.Empty;

    [Option("uses_dj_configs", Description = "Whether it needs a recipe.")]
    public bool UsesDjConfigs { get; set; }

    [Option("options", Description = "What it reads from extra_configs.")]
    public JsonObject Options { get; set; } = [];
}

/// <summary>A component type of a manifest.</summary>
internal sealed class ComponentEntry
{
    [Option("factory", Required = true, Description = "The factory that offers it.")]
    public string Factory { get; set; } = string.Empty;

    [Option("type", Required = true, Description = "The type in a YAML.")]
    public string Type { get; set; } = string.Empty;

    [Option("summary", Required = true, Description = "One sentence for people.")]
    public string Summary { get; set; } = string.Empty;

    [Option("results", Description = "The names of its results; without it, it has one that has no name.")]
    public List<string> Results { get; set; } = [];

    [Option("options", Description = "Its options.")]
    public JsonObject Options { get; set; } = [];
}

/// <summary>An option of a manifest.</summary>
internal sealed class OptionEntry : IValidatableOptions
{
    public const string Text = "text";
    public const string Number = "number";
    public const string Whole = "whole_number";
    public const string Flag = "flag";
    public const string List = "list";
    public const string Mapping = "mapping";

    [Option("type", OneOf = [Text, Number, Whole, Flag, List, Mapping], Description = "What it must be.")]
    public string Type { get; set; } = Text;

    [Option("path", OneOf = ["read", "write"], Description = "That it is a path, or a list of them, and what for.")]
    public string? Path { get; set; }

    [Option("required", Description = "Whether it must be given.")]
    public bool Required { get; set; }

    [Option("default", Description = "Its value where none is given.")]
    public JsonNode? Default { get; set; }

    [Option("description", Required = true, Description = "One sentence for people.")]
    public string Description { get; set; } = string.Empty;

    [Option("min", Description = "Smallest number allowed.")]
    public double Min { get; set; } = double.NegativeInfinity;

    [Option("max", Description = "Largest number allowed.")]
    public double Max { get; set; } = double.PositiveInfinity;

    [Option("one_of", Description = "The texts allowed.")]
    public List<string> OneOf { get; set; } = [];

    /// <summary>What the option is used for as a path.</summary>
    public PathAccess Access => Path switch
    {
        "read" => PathAccess.Read,
        "write" => PathAccess.Write,
        _ => PathAccess.None,
    };

    public void Validate(Action<string, string> fault)
    {
        if (Path is not null && Type is not (Text or List))
        {
            fault("path", "only a text or a list can be a path.");
        }

        var kind = Default?.GetValueKind();
        var fits = (Type, kind) switch
        {
            (_, null) => true,
            (Text, System.Text.Json.JsonValueKind.String) => true,
            (Number, System.Text.Json.JsonValueKind.Number) => true,
            (Whole, System.Text.Json.JsonValueKind.Number) => ((JsonValue)Default!).TryGetValue(out long _),
            (Flag, System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => true,
            _ => false,
        };
        if (!fits)
        {
            fault("default", $"{Default!.ToJsonString()} is no default for a {Type}.");
        }
    }
}
