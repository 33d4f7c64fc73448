using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>Reads definitions from the API's form, an export, or the stored entity.</summary>
internal static class DefinitionReader
{
    /// <summary>What a server adds for its clients, or a file for its editor; no part of the definition.</summary>
    private static readonly string[] Decorations = ["$schema", "links"];

    public static WorkflowDefinition Read(JsonObject json)
    {
        try
        {
            JsonText.Examine(json);
            return ReadMembers(new JsonMembers(json, "definition"));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or JsonException)
        {
            // JSON nodes are parsed lazily: duplicate names and broken text escapes show up only here.
            throw new DefinitionFormatException($"The JSON is no workflow definition: {e.Message}", e);
        }
    }

    private static WorkflowDefinition ReadMembers(JsonMembers members)
    {
        foreach (var name in Decorations)
        {
            members.Take(name);
        }

        return new WorkflowDefinition
        {
            Id = members.TakeText("id") ?? string.Empty,
            DefinitionId = members.TakeText("definitionId") ?? string.Empty,
            Name = members.TakeText("name"),
            Description = members.TakeText("description"),
            CreatedAt = members.TakeTime("createdAt"),
            Version = members.TakeInt("version", 1),
            ToolVersion = members.TakeText("toolVersion"),
            Variables = IdentityAssigner.Assign(members.TakeList("variables", VariableReader.Read), NodeIds.Workflow),
            Inputs = members.TakeList("inputs", VariableReader.ReadArgument),
            Outputs = members.TakeList("outputs", VariableReader.ReadArgument),
            Outcomes = members.TakeList("outcomes", Outcome),
            CustomProperties = members.TakeObject("customProperties"),
            Options = members.TakeObject("options"),
            IsReadonly = members.TakeFlag("isReadonly"),
            IsSystem = members.TakeFlag("isSystem"),
            IsLatest = members.TakeFlag("isLatest", fallback: true),
            IsPublished = members.TakeFlag("isPublished"),
            Root = IdentityAssigner.Assign(ActivityReader.Read(Root(members), "root")),
            Extra = members.Extra() ?? [],
        };
    }

    private static JsonNode Root(JsonMembers members)
    {
        var root = members.Take("root");
        if (root is null && members.TakeText("stringData") is { } text && JsonText.Parse(text) is { } parsed)
        {
            JsonText.Examine(parsed);
            root = parsed;
        }

        return root ?? throw new DefinitionFormatException("The definition has no \"root\" activity.");
    }

    private static string Outcome(JsonNode? node, string path) =>
        node?.GetValueKind() == JsonValueKind.String
            ? node.GetValue<string>()
            : throw new DefinitionFormatException($"{path} must be text.");
}
