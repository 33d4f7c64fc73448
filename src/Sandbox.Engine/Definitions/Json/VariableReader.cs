using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>Reads variables, and inputs and outputs of a workflow.</summary>
internal static class VariableReader
{
    public static Variable Read(JsonNode? node, string path)
    {
        var members = JsonMembers.Of(node, path);
        return new Variable(
            members.TakeText("id") ?? string.Empty,
            members.TakeText("name") ?? string.Empty,
            members.TakeText("typeName") ?? "Object",
            members.Take("value")?.DeepClone())
        {
            IsArray = members.TakeFlag("isArray"),
            StorageDriverTypeName = members.TakeText("storageDriverTypeName"),
            Extra = members.Extra(),
        };
    }

    public static WorkflowArgument ReadArgument(JsonNode? node, string path)
    {
        var members = JsonMembers.Of(node, path);
        var name = members.TakeText("name");
        return new WorkflowArgument(
            string.IsNullOrEmpty(name) ? throw new DefinitionFormatException($"{path} has no \"name\".") : name,
            members.TakeText("type") ?? "Object")
        {
            DisplayName = members.TakeText("displayName"),
            Description = members.TakeText("description"),
            Category = members.TakeText("category"),
            UiHint = members.TakeText("uiHint"),
            Extra = members.Extra(),
        };
    }
}
