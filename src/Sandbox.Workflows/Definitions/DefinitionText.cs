using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;

namespace Sandbox.Workflows.Definitions;

/// <summary>Definitions as text.</summary>
public static class DefinitionText
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Elsa's export form, indented.</summary>
    public static string Json(WorkflowDefinition definition) => DefinitionJson.ToText(DefinitionJson.WriteExport(definition), indented: true) + "\n";

    /// <summary>Elsa's export form of what the compiler gave, indented.</summary>
    public static string Json(JsonObject compiled) => Json(DefinitionJson.AssignIds(DefinitionJson.Read(compiled)));
}
