using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>Writes definitions in Elsa's order of members.</summary>
internal static class DefinitionWriter
{
    public static void Write(WorkflowDefinition definition, JsonObject json)
    {
        json["id"] = definition.Id;
        json["definitionId"] = definition.DefinitionId;
        BindingWriter.AddText(json, "name", definition.Name);
        BindingWriter.AddText(json, "description", definition.Description);
        json["createdAt"] = Time(definition.CreatedAt);
        json["version"] = definition.Version;
        BindingWriter.AddText(json, "toolVersion", definition.ToolVersion);
        WriteHead(definition, json);
        json["isReadonly"] = definition.IsReadonly;
        json["isSystem"] = definition.IsSystem;
        json["isLatest"] = definition.IsLatest;
        json["isPublished"] = definition.IsPublished;
        json["options"] = definition.Options.DeepClone();
        BindingWriter.AddExtra(json, definition.Extra);
        json["root"] = ActivityWriter.Write(definition.Root);
    }

    /// <summary>The form in which .NET's JSON writer gives times: fractions only as far as needed.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static void WriteHead(WorkflowDefinition definition, JsonObject json)
    {
        json["variables"] = BindingWriter.Array(definition.Variables, BindingWriter.Write);
        json["inputs"] = BindingWriter.Array(definition.Inputs, BindingWriter.Write);
        json["outputs"] = BindingWriter.Array(definition.Outputs, BindingWriter.Write);
        json["outcomes"] = BindingWriter.Array(definition.Outcomes, outcome => JsonValue.Create(outcome));
        json["customProperties"] = definition.CustomProperties.DeepClone();
    }
}
