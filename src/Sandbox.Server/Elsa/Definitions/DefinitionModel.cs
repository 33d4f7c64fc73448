using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;

namespace Sandbox.Server.Elsa.Definitions;

/// <summary>Definitions as the API gives them out and takes them back.</summary>
internal static class DefinitionModel
{
    /// <summary>Members that the API adds and that are no part of the content.</summary>
    private static readonly string[] Added =
        ["links", "tenantId", "providerName", "materializerName", "materializerContext", "isMaterializerAvailable", "binaryData", "originalSource"];

    /// <summary>A definition for reading.</summary>
    public static JsonObject Write(WorkflowDefinition definition)
    {
        var json = DefinitionJson.Write(definition);
        json["name"] ??= null;
        json["description"] ??= null;
        json["toolVersion"] ??= null;
        json["tenantId"] = null;
        json["providerName"] = null;
        json["materializerName"] = "Json";
        json["links"] = Links(definition.DefinitionId);
        return json;
    }

    /// <summary>A definition for an editor: what it sends back says what it had seen.</summary>
    public static JsonObject WriteForEditor(WorkflowDefinition definition, string session)
    {
        var json = Write(definition);
        json["customProperties"]![EditToken.Property] = new EditToken(session, definition.StoredHash).ToString();
        return json;
    }

    /// <summary>Reads what an editor or another server sends.</summary>
    /// <exception cref="DefinitionFormatException">It is no definition.</exception>
    public static (WorkflowDefinition Definition, EditToken? Token) Read(JsonObject model)
    {
        model = model.DeepClone().AsObject();
        foreach (var name in Added)
        {
            model.Remove(name);
        }

        EditToken? token = null;
        if (model["customProperties"] is JsonObject properties && properties.Remove(EditToken.Property, out var text))
        {
            token = EditToken.Parse(text);
        }

        return (DefinitionJson.Read(model), token);
    }

    /// <summary>A version in a list.</summary>
    public static JsonObject Summary(DefinitionSummary summary) => new()
    {
        ["id"] = summary.Id,
        ["definitionId"] = summary.DefinitionId,
        ["name"] = summary.Name,
        ["description"] = summary.Description,
        ["version"] = summary.Version,
        ["toolVersion"] = summary.ToolVersion,
        ["isLatest"] = summary.IsLatest,
        ["isPublished"] = summary.IsPublished,
        ["createdAt"] = summary.CreatedAt,
        ["materializerName"] = "Json",
        ["providerName"] = null,
        ["isReadonly"] = summary.IsReadonly,
        ["isSystem"] = summary.IsSystem,
        ["isMaterializerAvailable"] = true,
        ["links"] = Links(summary.DefinitionId),
    };

    private static JsonArray Links(string definitionId)
    {
        var self = $"/workflow-definitions/{definitionId}";
        return
        [
            Link(self, "self", "GET"), Link($"{self}/execute", "execute", "POST"), Link($"{self}/export", "export", "POST"),
            Link($"{self}/publish", "publish", "POST"), Link($"{self}/retract", "retract", "POST"), Link(self, "delete", "DELETE"),
        ];
    }

    public static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };
}

/// <summary>What an editor had before it when it changed a definition. Studio keeps it, unseen, among the custom properties.</summary>
/// <param name="Session">The editor at work: new each time that a definition is opened.</param>
/// <param name="Hash">The content that it had seen.</param>
internal sealed record EditToken(string Session, string? Hash)
{
    /// <summary>The custom property that it rides in; never stored, never exported.</summary>
    public const string Property = "sandbox:edit";

    public static string NewSession() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    public static EditToken? Parse(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Split('.') is [{ Length: > 0 } session, { Length: > 0 } hash]
            ? new EditToken(session, hash)
            : null;

    public override string ToString() => $"{Session}.{Hash}";
}
