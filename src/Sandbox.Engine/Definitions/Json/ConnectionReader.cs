using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>Reads the connections of a flowchart: <c>{source: {activity, port}, target: …}</c>, or the flat form
/// <c>{source, target, sourcePort, targetPort}</c> of older tools.</summary>
internal static class ConnectionReader
{
    public static IReadOnlyList<Connection>? Read(JsonMembers activity)
    {
        if (!activity.Has("connections"))
        {
            return null;
        }

        return activity.Peek("connections") is JsonObject single && !single.ContainsKey("$values")
            ? [ReadOne(activity.Take("connections"), $"{activity.Path}.connections")]
            : activity.TakeList("connections", ReadOne);
    }

    private static Connection ReadOne(JsonNode? node, string path)
    {
        var members = JsonMembers.Of(node, path);
        var (source, sourcePort) = End(members, "source");
        var (target, targetPort) = End(members, "target");
        return new Connection(source, sourcePort, target, targetPort)
        {
            Vertices = members.TakeList("vertices", ReadVertex),
            Extra = members.Extra(),
        };
    }

    private static (string Activity, string? Port) End(JsonMembers members, string name)
    {
        var portName = $"{name}Port";
        if (members.Peek(name) is not JsonObject json)
        {
            return (members.TakeText(name) ?? string.Empty, members.TakeText(portName));
        }

        members.Take(name);
        var end = new JsonMembers(json, $"{members.Path}.{name}");
        return (end.TakeText("activity") ?? string.Empty, end.TakeText("port") ?? members.TakeText(portName));
    }

    private static Vertex ReadVertex(JsonNode? node, string path)
    {
        var members = JsonMembers.Of(node, path);
        return new Vertex(Coordinate(members, "x"), Coordinate(members, "y"));
    }

    private static double Coordinate(JsonMembers members, string name) =>
        members.Take(name) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && JsonNumbers.Double(value) is { } number
            ? number
            : throw members.Wrong(name, "a number");
}
