using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Tests.Runtime;

/// <summary>Definitions in few words.</summary>
internal static class Define
{
    public static WorkflowDefinition Workflow(ActivityNode root, params Variable[] variables) => new()
    {
        Id = EngineIds.New(),
        DefinitionId = EngineIds.New(),
        Name = "test",
        Variables = variables,
        Outputs = [new WorkflowArgument("Answer", "String")],
        Inputs = [new WorkflowArgument("Order", "String")],
        Root = root,
    };

    public static WorkflowDefinition Continuing(this WorkflowDefinition definition) =>
        definition with { Options = new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" } };

    public static ActivityNode Sequence(string id, params ActivityNode[] activities) =>
        new() { Type = "Elsa.Sequence", Id = id, Activities = activities, Variables = [] };

    public static ActivityNode Flowchart(ActivityNode[] activities, params string[] connections) => new()
    {
        Type = "Elsa.Flowchart",
        Id = "flow",
        Activities = activities,
        Variables = [],
        Connections = [.. connections.Select(Connect)],
    };

    public static ActivityNode Activity(string type, string id, params (string Name, JsonNode? Value)[] inputs) => new()
    {
        Type = type,
        Id = id,
        Inputs = inputs.ToDictionary(i => i.Name, i => InputBinding.Literal("Object", i.Value), StringComparer.Ordinal),
    };

    public static ActivityNode Line(string text) => Activity("Elsa.WriteLine", "line-" + text, ("text", text));

    public static ActivityNode Job(string text, params (string Name, JsonNode? Value)[] inputs) =>
        Activity("Test.Job", "job-" + text, [("text", text), .. inputs]);

    public static ActivityNode From(this ActivityNode node, string input, Variable variable) =>
        node.With(input, InputBinding.FromVariable(variable));

    public static ActivityNode With(this ActivityNode node, string input, InputBinding binding) =>
        node with { Inputs = new Dictionary<string, InputBinding>(node.Inputs, StringComparer.Ordinal) { [input] = binding } };

    public static ActivityNode To(this ActivityNode node, string output, string reference) =>
        node with { Outputs = new Dictionary<string, OutputBinding>(StringComparer.Ordinal) { [output] = new("Object", reference) } };

    public static ActivityNode Port(this ActivityNode node, string port, params ActivityNode[] activities) => node with
    {
        Ports = new Dictionary<string, EmbeddedPort>(node.Ports, StringComparer.Ordinal)
        {
            [port] = new EmbeddedPort(activities, IsList: port == "branches"),
        },
    };

    /// <summary>Reads <c>a -> b</c> or <c>a.Port -> b</c>.</summary>
    private static Connection Connect(string text)
    {
        var ends = text.Split(" -> ");
        var source = ends[0].Split('.');
        return new Connection(source[0], source.Length > 1 ? source[1] : null, ends[1]);
    }
}
