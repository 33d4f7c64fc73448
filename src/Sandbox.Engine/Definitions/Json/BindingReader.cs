using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>Reads inputs and outputs of an activity; null where a member is neither.</summary>
internal static class BindingReader
{
    public static OutputBinding? Output(JsonNode? node, string path)
    {
        if (node is not JsonObject json)
        {
            return null;
        }

        var members = new JsonMembers(json, path);
        if (members.Peek("memoryReference") is not JsonObject reference || members.Peek("expression") is not null)
        {
            return null;
        }

        var id = new JsonMembers(reference, $"{path}.memoryReference").TakeText("id");
        if (id is null)
        {
            return null;
        }

        var typeName = members.TakeText("typeName");
        if (reference.Count == 1)
        {
            members.Take("memoryReference");
        }

        return new OutputBinding(typeName, id) { Extra = members.Extra() };
    }

    public static InputBinding? Input(JsonNode? node, string path) => node switch
    {
        JsonValue value => new InputBinding(null, ExpressionTypes.Literal, value.DeepClone()) { IsBare = true },
        JsonObject json => Wrapped(new JsonMembers(json, path)),
        _ => null,
    };

    private static InputBinding? Wrapped(JsonMembers members)
    {
        var hasExpression = members.Peek("expression") is JsonObject;
        if (!hasExpression && !IsWithoutExpression(members))
        {
            return null;
        }

        var typeName = members.TakeText("typeName");
        if (!hasExpression)
        {
            return new InputBinding(typeName, null, null) { Extra = members.Extra() };
        }

        var expression = JsonMembers.Of(members.Take("expression"), $"{members.Path}.expression");
        var type = expression.TakeText("type");
        var value = expression.Take("value")?.DeepClone();
        var extra = expression.Extra() ?? (type is null && value is null ? [] : null);
        return new InputBinding(typeName, type, value) { Extra = members.Extra(), ExpressionExtra = extra };
    }

    /// <summary>An input that is given no value. A variable or an expression has a type name too, and members of its own.</summary>
    private static bool IsWithoutExpression(JsonMembers members) =>
        members.Peek("typeName")?.GetValueKind() == JsonValueKind.String
        && members.Rest.All(member => member.Value is null || member.Key.Equals("typeName", StringComparison.OrdinalIgnoreCase));
}
