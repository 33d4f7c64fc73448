using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions;

/// <summary>Expression types that the engine evaluates.</summary>
public static class ExpressionTypes
{
    /// <summary>The value as it is, converted to the declared type.</summary>
    public const string Literal = "Literal";

    /// <summary>The value as JSON.</summary>
    public const string Object = "Object";

    /// <summary>The value of a variable.</summary>
    public const string Variable = "Variable";

    /// <summary>The value of a workflow input.</summary>
    public const string Input = "Input";

    /// <summary>The same under the name by which Elsa's editor offers it.</summary>
    public const string Json = "Json";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Literal, Object, Variable, Input, Json];
}

/// <summary>Where an activity's input comes from.</summary>
/// <param name="TypeName">Declared type as a registered alias (<c>String</c>, <c>Int32</c> …); null where the JSON has none.</param>
/// <param name="ExpressionType">One of <see cref="ExpressionTypes"/>; null where there is no expression.</param>
/// <param name="Value">The expression's value: text or JSON.</param>
public sealed record InputBinding(string? TypeName, string? ExpressionType, JsonNode? Value)
{
    /// <summary>Whether the JSON gives the bare value instead of an object with type and expression.</summary>
    public bool IsBare { get; init; }

    /// <summary>Unknown members of the input, verbatim.</summary>
    public JsonObject? Extra { get; init; }

    /// <summary>Unknown members of its expression, verbatim.</summary>
    public JsonObject? ExpressionExtra { get; init; }

    /// <summary>Text as it is.</summary>
    public static InputBinding Text(string value) => new("String", ExpressionTypes.Literal, value);

    /// <summary>A value as it is.</summary>
    public static InputBinding Literal(string typeName, JsonNode? value) => new(typeName, ExpressionTypes.Literal, value);

    /// <summary>The value of a variable.</summary>
    public static InputBinding FromVariable(Variable variable) => new(
        variable.TypeName,
        ExpressionTypes.Variable,
        new JsonObject { ["id"] = variable.Id, ["name"] = variable.Name, ["typeName"] = variable.TypeName });
}

/// <summary>Where an activity's output goes.</summary>
/// <param name="TypeName">Declared type, or null.</param>
/// <param name="MemoryReferenceId">Id of a variable, or name of a workflow output.</param>
public sealed record OutputBinding(string? TypeName, string MemoryReferenceId)
{
    /// <summary>Unknown members, verbatim.</summary>
    public JsonObject? Extra { get; init; }
}
