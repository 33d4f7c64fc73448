using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Hooks;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;

namespace Sandbox.Workflows.Tests.Definitions;

/// <summary>Loads YAML that stands in memory, and brings definitions into a form that can be compared.</summary>
internal static class Yamls
{
    /// <summary>Reads and compiles a YAML as the path that it is said to have; nothing of its jobs is checked.</summary>
    public static WorkflowDefinition Compile(string yaml, string path)
    {
        var loaded = new SandboxConfigLoader(new MemoryFiles(path, yaml), new AnyJob()).Load(path);
        // Random jobs refer to each other at random: what a YAML means does not hang on that.
        var faults = loaded.Faults.Where(f => f.Severity == Core.Faults.FaultSeverity.Error).Select(f => f.ToString());
        loaded.Config.ShouldNotBeNull(string.Join('\n', faults) + "\n" + yaml);
        return DefinitionJson.Read(WorkflowCompiler.Compile(loaded.Config));
    }

    /// <summary>All of a definition but identity and what the compiler writes anew.</summary>
    public static string Comparable(WorkflowDefinition definition)
    {
        var json = DefinitionJson.Write(definition);
        foreach (var name in (string[])["id", "createdAt", "version", "toolVersion", "isLatest", "isPublished"])
        {
            json.Remove(name);
        }

        json["customProperties"]!.AsObject().Remove(ActivityNames.Files);
        json["customProperties"]!.AsObject().Remove(ActivityNames.Writer);
        return Sorted(json)!.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private sealed class MemoryFiles(string path, string yaml) : IConfigFiles
    {
        public string FullPath(string path) => Path.GetFullPath(path, "/nowhere");

        public byte[]? Read(string wanted) => wanted == path ? Encoding.UTF8.GetBytes(yaml)
            : wanted is "configs/recipe.yaml" or "sweep.yaml" ? "a: 1\n"u8.ToArray() : wanted == "configs/other.json" ? "{}"u8.ToArray() : null;

        public bool Exists(string path) => true;
    }

    private sealed class AnyJob : IJobKnowledge
    {
        public IReadOnlyCollection<HookDescriptor> Hooks { get; } = Components.BuiltIn.Hooks(Components.BuiltIn.Components(new Components.Programs.ProgramHost(TimeProvider.System))).Descriptors.ToList();

        public JobReport Inspect(JobInspection job) => new([], [], null);
    }
}
