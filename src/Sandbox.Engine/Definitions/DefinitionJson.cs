using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions.Json;

namespace Sandbox.Engine.Definitions;

/// <summary>Workflow definitions from and to Elsa 3.8's JSON. Nothing unknown is lost on the way.</summary>
public static class DefinitionJson
{
    /// <summary>The schema that an export names first.</summary>
    public const string Schema = "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json";

    /// <summary>
    /// Reads a definition: the API's form, an export, or a stored entity with its root as text. Missing ids are given
    /// where Elsa gives them, node ids are computed anew.
    /// </summary>
    /// <exception cref="DefinitionFormatException">The JSON is no definition.</exception>
    public static WorkflowDefinition Read(JsonObject json) => DefinitionReader.Read(json);

    /// <summary>Reads a definition from text.</summary>
    /// <exception cref="DefinitionFormatException">The text is no JSON, or no definition.</exception>
    public static WorkflowDefinition Parse(string text)
    {
        try
        {
            return JsonText.Parse(text) is JsonObject json
                ? Read(json)
                : throw new DefinitionFormatException("A workflow definition is a JSON object.");
        }
        catch (JsonException e)
        {
            throw new DefinitionFormatException($"The text is no JSON: {e.Message}", e);
        }
    }

    /// <summary>Writes a definition in the API's form.</summary>
    public static JsonObject Write(WorkflowDefinition definition)
    {
        var json = new JsonObject();
        DefinitionWriter.Write(definition, json);
        return json;
    }

    /// <summary>Writes a definition as a file for other servers: its schema first.</summary>
    public static JsonObject WriteExport(WorkflowDefinition definition)
    {
        var json = new JsonObject { ["$schema"] = Schema };
        DefinitionWriter.Write(definition, json);
        return json;
    }

    /// <summary>Writes an activity with all inside it.</summary>
    public static JsonObject WriteActivity(ActivityNode activity) => ActivityWriter.Write(activity);

    /// <summary>The text of a definition's JSON, however deep it is nested.</summary>
    public static string ToText(JsonNode json, bool indented = false) => JsonText.Write(json, indented);

    /// <summary>Gives missing ids and computes every node id, for a definition that was built in code.</summary>
    public static WorkflowDefinition AssignIds(WorkflowDefinition definition) => definition with
    {
        Variables = IdentityAssigner.Assign(definition.Variables, NodeIds.Workflow),
        Root = IdentityAssigner.Assign(definition.Root),
    };
}
