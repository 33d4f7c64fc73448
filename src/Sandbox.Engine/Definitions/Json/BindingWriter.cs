using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>Writes the parts of activities and definitions.</summary>
internal static class BindingWriter
{
    public static JsonArray Array<T>(IReadOnlyList<T> items, Func<T, JsonNode?> write) => new([.. items.Select(write)]);

    public static void AddExtra(JsonObject json, JsonObject? extra)
    {
        foreach (var (name, value) in extra ?? [])
        {
            json.TryAdd(name, value?.DeepClone());
        }
    }

    public static JsonNode? Write(InputBinding input)
    {
        if (input.IsBare)
        {
            return input.Value?.DeepClone();
        }

        var json = new JsonObject();
        AddText(json, "typeName", input.TypeName);
        if (input.ExpressionType is not null || input.Value is not null || input.ExpressionExtra is not null)
        {
            var expression = new JsonObject();
            AddText(expression, "type", input.ExpressionType);
            if (input.Value is not null)
            {
                expression["value"] = input.Value.DeepClone();
            }

            AddExtra(expression, input.ExpressionExtra);
            json["expression"] = expression;
        }

        AddExtra(json, input.Extra);
        return json;
    }

    public static JsonNode Write(OutputBinding output)
    {
        var json = new JsonObject();
        AddText(json, "typeName", output.TypeName);
        AddExtra(json, output.Extra);
        json.TryAdd("memoryReference", new JsonObject { ["id"] = output.MemoryReferenceId });
        return json;
    }

    public static JsonNode Write(Variable variable)
    {
        var json = new JsonObject
        {
            ["id"] = variable.Id,
            ["name"] = variable.Name,
            ["typeName"] = variable.TypeName,
            ["isArray"] = variable.IsArray,
        };
        if (variable.Value is not null)
        {
            json["value"] = variable.Value.DeepClone();
        }

        AddText(json, "storageDriverTypeName", variable.StorageDriverTypeName);
        AddExtra(json, variable.Extra);
        return json;
    }

    public static JsonNode Write(WorkflowArgument argument)
    {
        var json = new JsonObject();
        AddText(json, "uiHint", argument.UiHint);
        AddExtra(json, argument.Extra);
        json["type"] = argument.TypeName;
        json["name"] = argument.Name;
        AddText(json, "displayName", argument.DisplayName);
        AddText(json, "description", argument.Description);
        AddText(json, "category", argument.Category);
        return json;
    }

    public static JsonNode Write(Connection connection)
    {
        var json = new JsonObject
        {
            ["source"] = End(connection.SourceActivity, connection.SourcePort),
            ["target"] = End(connection.TargetActivity, connection.TargetPort),
            ["vertices"] = Array(connection.Vertices, vertex => new JsonObject { ["x"] = vertex.X, ["y"] = vertex.Y }),
        };
        AddExtra(json, connection.Extra);
        return json;
    }

    public static void AddText(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static JsonObject End(string activity, string? port)
    {
        var end = new JsonObject { ["activity"] = activity };
        AddText(end, "port", port);
        return end;
    }
}
