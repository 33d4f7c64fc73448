using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Definitions.Json;

/// <summary>Reads activities. What each member of an activity is, its shape says: no descriptor is needed, so that an
/// activity of an unknown type survives a round trip.</summary>
internal static class ActivityReader
{
    /// <summary>Activities within activities: more than anybody draws, and well below what the stack holds.</summary>
    private const int MaxNesting = 1000;

    public static ActivityNode Read(JsonNode? node, string path, int depth = 0)
    {
        if (depth > MaxNesting)
        {
            throw new DefinitionFormatException($"Activities are nested more than {MaxNesting} deep.");
        }

        var members = JsonMembers.Of(node, path);
        var type = members.TakeText("type");
        var activity = new ActivityNode
        {
            Type = string.IsNullOrWhiteSpace(type) ? throw new DefinitionFormatException($"{path} has no \"type\".") : type,
            Version = members.TakeInt("version", 1),
            Id = members.TakeText("id") ?? string.Empty,
            Name = members.TakeText("name"),
            CustomProperties = members.TakeObject("customProperties"),
            Metadata = members.TakeObject("metadata"),
            Activities = ReadActivities(members, depth),
            Variables = ReadVariables(members),
            Connections = ConnectionReader.Read(members),
        };
        members.Take("nodeId");
        return Complete(ReadOwn(members, activity, depth));
    }

    /// <summary>Studio makes a container without its lists; Elsa always writes them.</summary>
    private static ActivityNode Complete(ActivityNode activity) => activity.Type switch
    {
        "Elsa.Flowchart" => activity with
        {
            Activities = activity.Activities ?? [], Variables = activity.Variables ?? [], Connections = activity.Connections ?? [],
        },
        "Elsa.Sequence" => activity with { Activities = activity.Activities ?? [], Variables = activity.Variables ?? [] },
        _ => activity,
    };

    private static List<ActivityNode>? ReadActivities(JsonMembers members, int depth) =>
        members.Has("activities")
            ? ReadList(members.List(members.Take("activities"), "activities") ?? [], $"{members.Path}.activities", depth)
            : null;

    private static List<ActivityNode> ReadList(JsonArray list, string path, int depth) =>
        [.. list.Select((item, i) => Read(item, $"{path}[{i}]", depth + 1))];

    private static IReadOnlyList<Variable>? ReadVariables(JsonMembers members) =>
        members.Has("variables") ? members.TakeList("variables", VariableReader.Read) : null;

    private static ActivityNode ReadOwn(JsonMembers members, ActivityNode activity, int depth)
    {
        var inputs = new OrderedDictionary<string, InputBinding>(StringComparer.OrdinalIgnoreCase);
        var outputs = new OrderedDictionary<string, OutputBinding>(StringComparer.OrdinalIgnoreCase);
        var ports = new OrderedDictionary<string, EmbeddedPort>(StringComparer.OrdinalIgnoreCase);
        var extra = new JsonObject();
        foreach (var (name, value) in members.Rest)
        {
            var path = $"{members.Path}.{name}";
            var camel = JsonText.Camel(name);
            if (BindingReader.Output(value, path) is { } output)
            {
                outputs.Add(camel, output);
            }
            else if (BindingReader.Input(value, path) is { } input)
            {
                inputs.Add(camel, input);
            }
            else if (Port(value, path, depth) is { } port)
            {
                ports.Add(camel, port);
            }
            else if (value is not null)
            {
                // A variable, a switch's cases: given as they are, without an expression around them.
                inputs.Add(camel, new InputBinding(null, ExpressionTypes.Object, value.DeepClone()) { IsBare = true });
            }
            else
            {
                extra.Add(name, null);
            }
        }

        return activity with { Inputs = inputs, Outputs = outputs, Ports = ports, Extra = extra };
    }

    private static EmbeddedPort? Port(JsonNode? value, string path, int depth) => value switch
    {
        JsonObject json when IsActivity(json) => new EmbeddedPort(Read(json, path, depth + 1)),
        JsonArray { Count: > 0 } list when list.All(item => item is JsonObject json && IsActivity(json)) =>
            new EmbeddedPort(ReadList(list, path, depth), IsList: true),
        _ => null,
    };

    /// <summary>An expression has a type as well (<c>Literal</c>); an activity's has a namespace, or a version beside it.</summary>
    private static bool IsActivity(JsonObject json)
    {
        string? type = null;
        var hasVersion = false;
        foreach (var (name, value) in json)
        {
            if (string.Equals(name, "type", StringComparison.OrdinalIgnoreCase) && value?.GetValueKind() == JsonValueKind.String)
            {
                type = value.GetValue<string>();
            }

            hasVersion |= string.Equals(name, "version", StringComparison.OrdinalIgnoreCase) && value?.GetValueKind() == JsonValueKind.Number;
        }

        return !string.IsNullOrWhiteSpace(type) && (hasVersion || type.Contains('.', StringComparison.Ordinal));
    }
}
