using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Definitions.Json;

namespace Sandbox.Engine.Persistence;

/// <summary>Definitions to and from rows.</summary>
internal static class DefinitionRows
{
    /// <summary>Members that have columns.</summary>
    private static readonly string[] InColumns =
    [
        "id", "definitionId", "name", "description", "createdAt", "version", "toolVersion", "isReadonly", "isSystem",
        "isLatest", "isPublished",
    ];

    /// <summary>Puts content into a row; identity and flags are left alone.</summary>
    public static void Fill(DefinitionRow row, WorkflowDefinition definition, string hash)
    {
        var json = DefinitionJson.Write(definition);
        foreach (var name in InColumns)
        {
            json.Remove(name);
        }

        json.Remove("root", out var root);
        row.Name = definition.Name;
        row.Description = definition.Description;
        row.ToolVersion = definition.ToolVersion;
        row.Writer = definition.Writer;
        row.IsReadonly = definition.IsReadonly;
        row.IsSystem = definition.IsSystem;
        row.ContentHash = hash;
        row.Data = JsonText.Write(json);
        row.StringData = JsonText.Write(root!);
    }

    public static WorkflowDefinition Read(DefinitionRow row)
    {
        var json = JsonText.Parse(row.Data)!.AsObject();
        json["root"] = JsonText.Parse(row.StringData);
        return DefinitionJson.Read(json) with
        {
            Id = row.Id,
            DefinitionId = row.DefinitionId,
            Name = row.Name,
            Description = row.Description,
            CreatedAt = row.CreatedAt,
            Version = row.Version,
            ToolVersion = row.ToolVersion,
            IsReadonly = row.IsReadonly,
            IsSystem = row.IsSystem,
            IsLatest = row.IsLatest,
            IsPublished = row.IsPublished,
            StoredHash = row.ContentHash,
        };
    }

    /// <summary>The definition with the mark of its writer, or without one.</summary>
    public static WorkflowDefinition Mark(WorkflowDefinition definition, string? writer)
    {
        if (definition.Writer == writer)
        {
            return definition;
        }

        var properties = (JsonObject)definition.CustomProperties.DeepClone();
        properties.Remove(WorkflowDefinition.WriterProperty);
        if (writer is not null)
        {
            properties[WorkflowDefinition.WriterProperty] = writer;
        }

        return definition with { CustomProperties = properties };
    }
}
