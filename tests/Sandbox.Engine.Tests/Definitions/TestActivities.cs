using NSubstitute;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Tests.Definitions;

/// <summary>The activity types of the reference samples, and the built-in ones that tests of definitions need.</summary>
internal static class TestActivities
{
    public static ActivityRegistry Registry()
    {
        var registry = new ActivityRegistry();
        foreach (var descriptor in Descriptors())
        {
            registry.Add(descriptor, () => Substitute.For<IActivity>());
        }

        return registry;
    }

    public static WorkflowDefinition Definition(string definitionId, string text, string? name = null) =>
        DefinitionJson.AssignIds(new WorkflowDefinition
        {
            DefinitionId = definitionId,
            Name = name ?? definitionId,
            Root = new ActivityNode
            {
                Type = "Elsa.Sequence",
                Activities = [new ActivityNode { Type = "Acme.Say", Inputs = Inputs("text", InputBinding.Text(text)) }],
                Variables = [],
            },
        });

    public static IReadOnlyDictionary<string, InputBinding> Inputs(string name, InputBinding input) =>
        new Dictionary<string, InputBinding>(StringComparer.Ordinal) { [name] = input };

    private static IEnumerable<ActivityDescriptor> Descriptors() =>
    [
        new() { TypeName = "Elsa.Flowchart", IsContainer = true },
        new() { TypeName = "Elsa.Sequence", IsContainer = true },
        new() { TypeName = "Elsa.Start", IsStart = true },
        new() { TypeName = "Elsa.Finish", IsTerminal = true },
        new() { TypeName = "Elsa.Complete", IsTerminal = true },
        new() { TypeName = "Elsa.Event", Kind = ActivityKind.Trigger, Inputs = [new("EventName")], Outputs = [new("Result")] },
        new()
        {
            TypeName = "Elsa.If", Inputs = [new("Condition", "Boolean")],
            Ports = [new("Then", PortType.Embedded), new("Else", PortType.Embedded)],
        },
        new() { TypeName = "Elsa.ForEach", Inputs = [new("Items", "Object")], Ports = [new("Body", PortType.Embedded)] },
        new() { TypeName = "Acme.Say", Inputs = [new("Text"), new("Tone"), new("Times", "Int32")], Outputs = [new("Result", "String")] },
        new() { TypeName = "Acme.Say", Version = 2, Inputs = [new("Text") { IsRequired = true }] },
        new() { TypeName = "Acme.Approve", Inputs = [new("Subject")], Outputs = [new("Decision")], Ports = [new("Approved"), new("Rejected")] },
    ];
}
