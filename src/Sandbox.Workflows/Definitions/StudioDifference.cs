using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Definitions;

/// <summary>Finds what <c>studio</c> must say, so that a config compiles to a definition that was edited.</summary>
internal sealed class StudioDifference(WorkflowDefinition edited, SandboxProfile profile)
{
    /// <summary>What every version, and every compilation, has of its own.</summary>
    private static readonly string[] Identity =
        ["id", "createdAt", "version", "toolVersion", "isLatest", "isPublished", "root", "customProperties"];

    /// <summary>What the compiler writes anew: the files as they are then, and itself.</summary>
    private static readonly string[] CompilersOwn = [ActivityNames.Files, ActivityNames.Writer];

    private static readonly string[] Structure = ["nodeId", "activities", "connections"];

    /// <summary>The content of <c>studio</c>; null where the rest of the YAML says it all.</summary>
    public JsonObject? Find()
    {
        var studio = new JsonObject();
        var layout = StudioLayout.ToJson(profile.Layout);
        if (!JsonNode.DeepEquals(layout, StudioLayout.ToJson(StudioLayout.Of(profile.Config))))
        {
            StudioLayout.Put(studio, profile.Layout);
        }

        if (profile.Config.MaxIterNum == 1 && profile.Nodes.ContainsKey(StudioKeys.Iteration))
        {
            studio[StudioEdits.Activities] = new JsonObject { [StudioKeys.Iteration] = new JsonObject() };
        }

        var compiled = DefinitionJson.Read(WorkflowCompiler.Compile(profile.Config, studio));
        var plain = ProfileReader.Read(compiled, profile.Config.Path);
        AddWorkflow(studio, compiled);
        AddActivities(studio, plain);
        AddFlow(studio, plain);
        return studio.Count == 0 ? null : studio;
    }

    private void AddWorkflow(JsonObject studio, WorkflowDefinition compiled)
    {
        var (from, to) = (DefinitionJson.Write(compiled), DefinitionJson.Write(edited));
        var (fromProperties, toProperties) = (from["customProperties"]!.AsObject(), to["customProperties"]!.AsObject());
        Remove(Identity, from, to);
        Remove(CompilersOwn, fromProperties, toProperties);
        var changes = MemberEdits.Between(from, to) ?? [];
        if (MemberEdits.Between(fromProperties, toProperties) is { } properties)
        {
            changes["customProperties"] = properties;
        }

        if (changes.Count > 0)
        {
            studio[StudioEdits.Workflow] = changes;
        }
    }

    private void AddActivities(JsonObject studio, SandboxProfile plain)
    {
        var activities = studio[StudioEdits.Activities] as JsonObject ?? [];
        foreach (var (key, node) in profile.Nodes)
        {
            var (from, to) = (Own(plain.Nodes[key]), Own(node));
            if (MemberEdits.Between(from, to, (name, a, b) => ProfileInputs.AreSame(node.Type, name, a, b)) is { } changes)
            {
                activities[key] = changes;
            }
        }

        if (activities.Count > 0)
        {
            studio[StudioEdits.Activities] = activities.DeepClone();
        }
    }

    private void AddFlow(JsonObject studio, SandboxProfile plain)
    {
        if (!profile.Order().SequenceEqual(plain.Order(), StringComparer.Ordinal))
        {
            studio[StudioEdits.Order] = new JsonArray([.. profile.Order().Select(k => (JsonNode?)k)]);
        }

        var connections = Connections(profile);
        if (!JsonNode.DeepEquals(connections, Connections(plain)))
        {
            studio[StudioEdits.ConnectionList] = connections;
        }
    }

    private static JsonArray Connections(SandboxProfile profile)
    {
        var keys = profile.Keys();
        var connections = (JsonArray)DefinitionJson.WriteActivity(profile.Nodes[StudioKeys.Root])["connections"]!.DeepClone();
        foreach (var connection in connections)
        {
            foreach (var end in (ReadOnlySpan<string>)["source", "target"])
            {
                var activity = connection![end]!.AsObject();
                activity["activity"] = keys[activity["activity"]!.ToString()];
            }
        }

        return connections;
    }

    private static JsonObject Own(ActivityNode node)
    {
        var json = DefinitionJson.WriteActivity(node);
        Remove(Structure, json);
        Remove([.. ProfileInputs.Empty(node.Type, json)], json);
        return json;
    }

    private static void Remove(string[] names, params JsonObject[] from)
    {
        foreach (var json in from)
        {
            foreach (var name in names)
            {
                json.Remove(name);
            }
        }
    }
}
