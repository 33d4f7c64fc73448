using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>Writes activities as Elsa emits them after a load.</summary>
internal static class ActivityWriter
{
    public static JsonObject Write(ActivityNode node) => node.Connections is null ? WriteActivity(node) : WriteFlowchart(node);

    /// <summary>Own members first, then those that every activity has.</summary>
    private static JsonObject WriteActivity(ActivityNode node)
    {
        var json = new JsonObject();
        WriteOwn(json, node);
        WriteContent(json, node);
        json["id"] = node.Id;
        json["nodeId"] = node.NodeId;
        json["name"] = node.Name;
        WriteCommon(json, node);
        return json;
    }

    /// <summary>Elsa has a writer of its own for flowcharts: the order is the other way round and an absent name stays absent.</summary>
    private static JsonObject WriteFlowchart(ActivityNode node)
    {
        var json = new JsonObject { ["id"] = node.Id, ["nodeId"] = node.NodeId };
        if (node.Name is not null)
        {
            json["name"] = node.Name;
        }

        WriteCommon(json, node);
        WriteContent(json, node);
        json["connections"] = BindingWriter.Array(node.Connections!, BindingWriter.Write);
        WriteOwn(json, node);
        return json;
    }

    private static void WriteCommon(JsonObject json, ActivityNode node)
    {
        json["type"] = node.Type;
        json["version"] = node.Version;
        json["customProperties"] = CustomProperties(node);
        json["metadata"] = node.Metadata.DeepClone();
    }

    private static void WriteContent(JsonObject json, ActivityNode node)
    {
        if (node.Activities is not null)
        {
            json["activities"] = BindingWriter.Array(node.Activities, Write);
        }

        if (node.Variables is not null)
        {
            json["variables"] = BindingWriter.Array(node.Variables, BindingWriter.Write);
        }
    }

    private static void WriteOwn(JsonObject json, ActivityNode node)
    {
        foreach (var (name, input) in node.Inputs)
        {
            json[name] = BindingWriter.Write(input);
        }

        foreach (var (name, output) in node.Outputs)
        {
            json[name] = BindingWriter.Write(output);
        }

        foreach (var (name, port) in node.Ports)
        {
            json[name] = port.IsList ? BindingWriter.Array(port.Activities, Write) : Write(port.Activities[0]);
        }

        BindingWriter.AddExtra(json, node.Extra);
    }

    private static JsonObject CustomProperties(ActivityNode node)
    {
        var properties = (JsonObject)node.CustomProperties.DeepClone();
        if (node.Connections is not null && !properties.ContainsKey("notFoundConnections"))
        {
            properties["notFoundConnections"] = new JsonArray();
        }

        foreach (var flag in (ReadOnlySpan<string>)["canStartWorkflow", "runAsynchronously"])
        {
            if (!properties.ContainsKey(flag))
            {
                properties[flag] = false;
            }
        }

        return properties;
    }
}
