using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Tests.Definitions;

/// <summary>Random definitions that are valid, and random JSON that need not be any.</summary>
internal sealed class RandomDefinitions(int seed)
{
    private static readonly string[] Words =
        ["id", "type", "version", "root", "activities", "connections", "variables", "source", "target", "expression", "value", "typeName",
         "memoryReference", "customProperties", "metadata", "name", "inputs", "vertices", "x", "Elsa.Sequence", "Elsa.Flowchart", "Literal"];

    private readonly Random _random = new(seed);
    private int _count;

    public WorkflowDefinition Definition() => DefinitionJson.AssignIds(new WorkflowDefinition
    {
        Id = EngineIds.From($"{seed}"),
        DefinitionId = $"d{seed}",
        Name = Chance(3) ? null : Text(),
        Version = _random.Next(1, 100),
        CreatedAt = DateTimeOffset.UnixEpoch.AddTicks(_random.NextInt64(TimeSpan.TicksPerDay * 30_000)),
        Variables = [new Variable("v", "V", Pick("String", "Int32", "List<String>"), Chance(2) ? null : "1")],
        Inputs = [new WorkflowArgument("in", "String") { Description = Chance(2) ? Text() : null }],
        Outputs = [new WorkflowArgument("out", "Object")],
        Outcomes = Chance(2) ? [] : [Text()],
        CustomProperties = new JsonObject { ["tool:x"] = Json(3) },
        IsPublished = Chance(2),
        Root = Chance(2) ? Sequence(4) : Flowchart(4),
    });

    /// <summary>Any JSON, with a liking for the words of definitions.</summary>
    public JsonNode? Json(int depth) => _random.Next(depth <= 0 ? 4 : 7) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.Next(-5, 1000)),
        2 => JsonValue.Create(Chance(2)),
        3 => JsonValue.Create(Chance(2) ? Pick(Words) : Text()),
        4 => new JsonArray([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Json(depth - 1))]),
        _ => Object(depth),
    };

    public JsonObject Object(int depth)
    {
        var json = new JsonObject();
        for (var i = _random.Next(6); i > 0; i--)
        {
            var word = Pick(Words);
            json[Chance(4) ? char.ToUpperInvariant(word[0]) + word[1..] : word] = Json(depth - 1);
        }

        return json;
    }

    /// <summary>Replaces, removes or adds something somewhere.</summary>
    public void Damage(JsonNode node)
    {
        while (true)
        {
            var children = node is JsonObject o ? o.Select(p => p.Value).OfType<JsonNode>().ToList()
                : node is JsonArray a ? a.OfType<JsonNode>().ToList() : [];
            if (children.Count == 0 || Chance(4))
            {
                break;
            }

            node = children[_random.Next(children.Count)];
        }

        switch (node)
        {
            case JsonObject { Count: > 0 } json when Chance(2):
                json[json.ElementAt(_random.Next(json.Count)).Key] = Json(2);
                break;
            case JsonObject json when !Chance(3):
                json[Pick(Words)] = Json(2);
                break;
            case JsonArray list:
                list.Add(Json(2));
                break;
            case { Parent: JsonObject parent }:
                parent.Remove(node.GetPropertyName());
                break;
        }
    }

    private ActivityNode Activity(int depth) => _random.Next(depth <= 0 ? 2 : 5) switch
    {
        0 => Say(),
        1 => new ActivityNode { Type = "Acme.Approve", Id = NextId(), Inputs = One("subject", Input()) },
        2 => Sequence(depth - 1),
        3 => Flowchart(depth - 1),
        _ => new ActivityNode
        {
            Type = "Elsa.If",
            Id = NextId(),
            Inputs = One("condition", InputBinding.Literal("Boolean", Chance(2))),
            Ports = new Dictionary<string, EmbeddedPort>(StringComparer.Ordinal) { [Pick("then", "else")] = new(Activity(depth - 1)) },
        },
    };

    private ActivityNode Say() => new()
    {
        Type = "Acme.Say",
        Id = NextId(),
        Name = Chance(2) ? null : Text(),
        Inputs = One("text", Input()),
        Outputs = Chance(2)
            ? new Dictionary<string, OutputBinding>(StringComparer.Ordinal) { ["result"] = new("String", Pick("v", "out")) }
            : new Dictionary<string, OutputBinding>(StringComparer.Ordinal),
        Metadata = new JsonObject { ["designer"] = Json(2) },
        Extra = Chance(2) ? [] : new JsonObject { ["tone"] = null },
    };

    private ActivityNode Sequence(int depth) => new()
    {
        Type = "Elsa.Sequence",
        Id = NextId(),
        Activities = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Activity(depth))],
        Variables = [],
    };

    private ActivityNode Flowchart(int depth)
    {
        var activities = Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Activity(depth)).ToList();
        var connections = activities.Zip(activities.Skip(1), (a, b) =>
            new Connection(a.Id, a.Type == "Acme.Approve" ? "Approved" : Chance(2) ? "Done" : null, b.Id, Chance(2) ? "In" : null)
            {
                Vertices = Chance(2) ? [] : [new Vertex(_random.Next(500), -1.5)],
            });
        return new ActivityNode
        {
            Type = "Elsa.Flowchart", Id = NextId(), Activities = activities, Variables = [], Connections = [.. connections],
        };
    }

    private InputBinding Input() => _random.Next(4) switch
    {
        0 => InputBinding.FromVariable(new Variable("v", "V", "String")),
        1 => new InputBinding("String", ExpressionTypes.Input, "in"),
        2 => new InputBinding("Object", ExpressionTypes.Object, new JsonObject { ["a"] = 1 }),
        _ => InputBinding.Text(Text()),
    };

    private static Dictionary<string, InputBinding> One(string name, InputBinding input) => new(StringComparer.Ordinal) { [name] = input };

    private string NextId() => $"a{++_count}";

    private string Text() => Pick("", "plain", "grüße 漢字 🙂", "a: 1\nb: [2]\n", "\"quoted\" \\ /", "<b>&amp;</b>", "\u0001\t");

    private string Pick(params string[] words) => words[_random.Next(words.Length)];

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;
}
