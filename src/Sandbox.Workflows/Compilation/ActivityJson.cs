using System.Text.Json.Nodes;

namespace Sandbox.Workflows.Compilation;

/// <summary>Builds activities in Elsa's JSON form.</summary>
internal static class ActivityJson
{
    private const double NodeHeight = 54;

    /// <summary>An activity with its place in the designer.</summary>
    public static JsonObject Activity(string type, string id, string? name, double x, double y, double width = 200) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["type"] = type,
        ["version"] = 1,
        ["customProperties"] = new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false },
        ["metadata"] = new JsonObject
        {
            ["designer"] = new JsonObject
            {
                ["position"] = new JsonObject { ["x"] = x, ["y"] = y },
                ["size"] = new JsonObject { ["width"] = width, ["height"] = NodeHeight },
            },
        },
    };

    /// <summary>An input with a literal value.</summary>
    public static JsonObject Literal(string typeName, JsonNode value) => new()
    {
        ["typeName"] = typeName,
        ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value },
    };

    /// <summary>An output that sets a variable.</summary>
    public static JsonObject Output(string typeName, string variable) => new()
    {
        ["typeName"] = typeName,
        ["memoryReference"] = new JsonObject { ["id"] = variable },
    };

    /// <summary>A variable of the workflow.</summary>
    public static JsonObject Variable(string name, string typeName, string? value) => new()
    {
        ["id"] = name,
        ["name"] = name,
        ["typeName"] = typeName,
        ["isArray"] = false,
        ["value"] = value,
        ["storageDriverTypeName"] = "WorkflowInstanceStorageDriver",
    };

    /// <summary>A connection of a flowchart.</summary>
    public static JsonObject Connection(string source, string port, string target) => new()
    {
        ["source"] = new JsonObject { ["activity"] = source, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = target, ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };
}
