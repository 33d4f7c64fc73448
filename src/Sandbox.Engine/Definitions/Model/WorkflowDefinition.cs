using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions;

/// <summary>
/// One version of a workflow definition, member for member Elsa 3.8's entity. The JSON nodes in it belong to it: they
/// must not be changed after it is made.
/// </summary>
public sealed record WorkflowDefinition
{
    /// <summary>Id of this version; empty until it is stored.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>Id that all versions share; empty until it is stored.</summary>
    public string DefinitionId { get; init; } = string.Empty;

    /// <summary>Name for people.</summary>
    public string? Name { get; init; }

    /// <summary>What the workflow does.</summary>
    public string? Description { get; init; }

    /// <summary>When this version was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Number of the version, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Version of the tool that wrote it, as in <c>3.8.0.0</c>.</summary>
    public string? ToolVersion { get; init; }

    /// <summary>The workflow's variables.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];

    /// <summary>What a run may be given.</summary>
    public IReadOnlyList<WorkflowArgument> Inputs { get; init; } = [];

    /// <summary>What a run gives back.</summary>
    public IReadOnlyList<WorkflowArgument> Outputs { get; init; } = [];

    /// <summary>Ports of the workflow when it is used as an activity.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Values that tools keep with the definition, such as <see cref="WriterProperty"/>.</summary>
    public JsonObject CustomProperties { get; init; } = [];

    /// <summary>Elsa's options, verbatim; see <see cref="OptionNames"/>.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>Whether editors must leave it alone.</summary>
    public bool IsReadonly { get; init; }

    /// <summary>Whether lists hide it.</summary>
    public bool IsSystem { get; init; }

    /// <summary>Whether it is the newest version, draft or not.</summary>
    public bool IsLatest { get; init; } = true;

    /// <summary>Whether it is the version that new runs use.</summary>
    public bool IsPublished { get; init; }

    /// <summary>The root activity.</summary>
    public required ActivityNode Root { get; init; }

    /// <summary>Members that this engine does not know, verbatim.</summary>
    public JsonObject Extra { get; init; } = [];

    /// <summary>The <see cref="ContentHash"/> with which the store gave it out; null where it does not come from there.</summary>
    public string? StoredHash { get; init; }

    /// <summary>The custom property that says which tool wrote a version, as in <c>compiler</c>.</summary>
    public const string WriterProperty = "sandbox:writer";

    /// <summary>Which tool wrote this version, or null.</summary>
    public string? Writer =>
        CustomProperties[WriterProperty] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

/// <summary>Names of options that the engine looks at.</summary>
public static class OptionNames
{
    /// <summary>What happens when an activity faults.</summary>
    public const string IncidentStrategyType = "incidentStrategyType";

    /// <summary>Whether a new instance may start while others run.</summary>
    public const string ActivationStrategyType = "activationStrategyType";
}
