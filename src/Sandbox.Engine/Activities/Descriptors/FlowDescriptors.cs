namespace Sandbox.Engine.Activities;

/// <summary>Flowcharts and what stands in them. Under Elsa's names and with Elsa's members.</summary>
internal static class FlowDescriptors
{
    public static readonly IReadOnlyList<ActivityDescriptor> All =
    [
        new()
        {
            TypeName = WorkflowActivity.TypeName,
            Category = "System",
            Description = "The workflow itself.",
            IsBrowsable = false,
            Ports = [new PortDescriptor("Root", PortType.Embedded)],
        },
        new()
        {
            TypeName = "Elsa.Flowchart",
            Category = "Flow",
            Description = "Runs activities along connections.",
            IsContainer = true,
        },
        new()
        {
            TypeName = "Elsa.Sequence",
            Category = "Workflows",
            Description = "Runs activities one after another.",
            IsContainer = true,
        },
        new() { TypeName = "Elsa.Start", Category = "Flow", Description = "Marks where a flowchart starts.", IsStart = true },
        new() { TypeName = "Elsa.End", Category = "Flow", Description = "Ends the flowchart or sequence.", IsTerminal = true },
        new()
        {
            TypeName = "Elsa.FlowDecision",
            Category = "Branching",
            DisplayName = "Decision",
            Description = "Leaves by True or False.",
            Inputs = [new InputDescriptor("Condition", "Boolean") { DefaultValue = false }],
            Ports = [new PortDescriptor("True"), new PortDescriptor("False")],
        },
        new()
        {
            TypeName = "Elsa.FlowFork",
            Category = "Branching",
            DisplayName = "Fork (flow)",
            Description = "Leaves by several branches at once.",
            Inputs = [new InputDescriptor("Branches", "Object") { UiHint = "dynamic-outcomes", Description = "Names of the branches." }],
            OwnPorts = OwnPorts.Branches,
        },
        new()
        {
            TypeName = FlowJoin.TypeName,
            Category = "Branching",
            DisplayName = "Join",
            Description = "Merges branches.",
            Inputs =
            [
                new InputDescriptor("Mode")
                {
                    Description = "WaitAny goes on with the first branch, WaitAll with all of them, WaitAllActive with all that are on their way.",
                    DefaultValue = nameof(FlowJoinMode.WaitAny),
                    UiHint = "dropdown",
                    UiSpecifications = DropdownSpecification.Of(Enum.GetNames<FlowJoinMode>()),
                },
            ],
        },
    ];
}
