using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Tests.Definitions;

/// <summary>Edits of a definition that stay inside the sandbox profile, as somebody makes them in Studio.</summary>
internal sealed class RandomEdits(Random random)
{
    public WorkflowDefinition Edit(WorkflowDefinition definition)
    {
        var json = DefinitionJson.Write(definition);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            EditOnce(json);
        }

        return DefinitionJson.Read(json);
    }

    private void EditOnce(JsonObject json)
    {
        var root = json["root"]!.AsObject();
        var all = All(root).ToList();
        var any = all[random.Next(all.Count)];
        switch (random.Next(13))
        {
            case 0:
                Move(Sequences(all, s => true));
                break;
            case 1:
                any["metadata"] = JsonNode.Parse("""{"designer":{"position":{"x":12.5,"y":-7}},"displayText":"Shown \"so\"","description":null}""");
                break;
            case 2:
                any["name"] = random.Next(2) == 0 ? $"Renamed {random.Next(100)}" : null;
                break;
            case 3:
                Rename(root, any);
                break;
            case 4:
                any["customProperties"]![random.Next(2) == 0 ? "note" : "canStartSometimes"] = new JsonObject { ["deep"] = null };
                break;
            case 5 when all.Where(IsHook).ToList() is { Count: > 0 } hooks:
                EditInput(hooks[random.Next(hooks.Count)]);
                break;
            case 6:
                json["name"] = "Another name";
                json["description"] = null;
                json["options"] = new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" };
                break;
            case 7:
                json["variables"]!.AsArray().Add(JsonNode.Parse("""{"id":"v","name":"v","typeName":"String","isArray":false,"value":"x"}"""));
                break;
            case 8:
                json["customProperties"]!["mine"] = new JsonArray(1, null, "x");
                break;
            case 9:
                MoveJob(all);
                break;
            case 10 when root["connections"]!.AsArray() is { Count: > 0 } connections:
                connections[random.Next(connections.Count)]!["vertices"] = new JsonArray(new JsonObject { ["x"] = 1.5, ["y"] = 2 });
                break;
            case 12:
                Swap(root);
                break;
            case 11 when Sequences(all, s => true) is { Count: > 0 } sequences:
                sequences[random.Next(sequences.Count)]["activities"]!.AsArray().Clear();
                break;
        }
    }

    private void EditInput(JsonObject hook) => (random.Next(6) switch
    {
        0 => () => hook["metaName"] = Literal($"name {random.Next(5)}"),
        1 => () => hook["djConfigs"] = Literal("{a: [1, 'two', {b: null}],   c: 1.5e-7}"),
        2 => () => hook["extraConfigs"] = Literal(string.Empty),
        3 => () => hook["local"] = Literal("dj_configs.np: 3 # three\n"),
        4 => () => hook["timeout"] = Literal("00:02:00"),
        _ => (Action)(() => hook["maxAttempts"] = new JsonObject { ["typeName"] = "Int32", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "4" } }),
    })();

    private static JsonObject Literal(string text) => new()
    {
        ["typeName"] = "Object",
        ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = text },
    };

    private void Move(List<JsonObject> sequences)
    {
        if (sequences.Count > 0 && sequences[random.Next(sequences.Count)]["activities"]!.AsArray() is { Count: > 1 } list)
        {
            var item = list[0];
            list.RemoveAt(0);
            list.Insert(random.Next(list.Count + 1), item);
        }
    }

    // Two pipelines or stages change places: in the list, and in what is connected.
    private void Swap(JsonObject root)
    {
        var list = root["activities"]!.AsArray();
        var places = Enumerable.Range(0, list.Count).Where(i => list[i]!["type"]!.ToString() == ActivityNames.Sequence).ToList();
        if (places.Count < 2)
        {
            return;
        }

        var (one, two) = (places[random.Next(places.Count)], places[random.Next(places.Count)]);
        var (first, second) = (list[one]!.DeepClone(), list[two]!.DeepClone());
        (list[one], list[two]) = (second, first);
        var (a, b) = (first["id"]!.ToString(), second["id"]!.ToString());
        Reconnect(root, id => id == a ? b : id == b ? a : id);
    }

    private void MoveJob(List<JsonObject> all)
    {
        var stages = Sequences(all, s => s["customProperties"]![ActivityNames.Role]?.ToString().StartsWith("stage", StringComparison.Ordinal) == true);
        if (stages.Count > 1 && stages[random.Next(stages.Count)]["activities"]!.AsArray() is { Count: > 0 } from)
        {
            var item = from[0];
            from.RemoveAt(0);
            var to = stages[random.Next(stages.Count)]["activities"]!.AsArray();
            to.Insert(random.Next(to.Count + 1), item);
        }
    }

    private void Rename(JsonObject root, JsonObject activity)
    {
        var (old, id) = (activity["id"]!.ToString(), $"id{random.NextInt64()}");
        activity["id"] = id;
        Reconnect(root, end => end == old ? id : end);
    }

    private static void Reconnect(JsonObject root, Func<string, string> idOf)
    {
        foreach (var connection in root["connections"]!.AsArray())
        {
            foreach (var end in new[] { connection!["source"]!, connection["target"]! })
            {
                end["activity"] = idOf(end["activity"]!.ToString());
            }
        }
    }

    private static List<JsonObject> Sequences(List<JsonObject> all, Func<JsonObject, bool> where) =>
        [.. all.Where(a => a["type"]!.ToString() == ActivityNames.Sequence && where(a))];

    private static bool IsHook(JsonObject activity) => ActivityNames.HookOf(activity["type"]!.ToString()) is not null;

    private static IEnumerable<JsonObject> All(JsonObject activity) =>
        (activity["activities"] as JsonArray ?? []).SelectMany(a => All(a!.AsObject())).Prepend(activity);
}
