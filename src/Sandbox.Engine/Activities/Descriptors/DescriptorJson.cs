using System.Text.Json.Nodes;

namespace Sandbox.Engine.Activities;

/// <summary>Writes descriptors as Elsa's API does.</summary>
public static class DescriptorJson
{
    /// <summary>One descriptor.</summary>
    public static JsonObject Write(ActivityDescriptor descriptor) => new()
    {
        ["typeName"] = descriptor.TypeName,
        ["namespace"] = descriptor.Namespace,
        ["name"] = descriptor.Name,
        ["version"] = descriptor.Version,
        ["category"] = descriptor.Category,
        ["displayName"] = descriptor.DisplayName ?? descriptor.Name,
        ["description"] = descriptor.Description,
        ["inputs"] = new JsonArray([.. descriptor.Inputs.Select(Input)]),
        ["outputs"] = new JsonArray([.. descriptor.Outputs.Select(Output)]),
        ["kind"] = descriptor.Kind.ToString(),
        ["ports"] = new JsonArray([.. descriptor.Ports.Select(Port)]),
        ["customProperties"] = descriptor.CustomProperties.DeepClone(),
        ["constructionProperties"] = new JsonObject(),
        ["isContainer"] = descriptor.IsContainer,
        ["isBrowsable"] = descriptor.IsBrowsable,
        ["isStart"] = descriptor.IsStart,
        ["isTerminal"] = descriptor.IsTerminal,
    };

    private static JsonObject Input(InputDescriptor input) => new()
    {
        ["name"] = input.Name,
        ["typeName"] = input.TypeName,
        ["displayName"] = input.DisplayName ?? input.Name,
        ["description"] = input.Description,
        ["order"] = input.Order,
        ["isBrowsable"] = input.IsBrowsable,
        ["isSynthetic"] = false,
        ["isWrapped"] = input.IsWrapped,
        ["uiHint"] = input.UiHint,
        ["category"] = input.Category,
        ["defaultValue"] = input.DefaultValue?.DeepClone(),
        ["defaultSyntax"] = "Literal",
        ["isReadOnly"] = false,
        ["isSensitive"] = false,
        ["storageDriverType"] = null,
        ["uiSpecifications"] = input.UiSpecifications.DeepClone(),
    };

    private static JsonObject Output(OutputDescriptor output, int order) => new()
    {
        ["name"] = output.Name,
        ["typeName"] = output.TypeName,
        ["displayName"] = output.DisplayName ?? output.Name,
        ["description"] = output.Description,
        ["order"] = order,
        ["isBrowsable"] = output.IsBrowsable,
        ["isSynthetic"] = false,
    };

    private static JsonObject Port(PortDescriptor port) => new()
    {
        ["name"] = port.Name,
        ["displayName"] = port.DisplayName ?? port.Name,
        ["type"] = port.Type.ToString(),
        ["isBrowsable"] = port.IsBrowsable,
    };
}
