namespace Sandbox.Engine.Activities;

/// <summary>Branches and loops. Under Elsa's names and with Elsa's members.</summary>
internal static class ControlFlowDescriptors
{
    public static readonly IReadOnlyList<ActivityDescriptor> All =
    [
        new()
        {
            TypeName = "Elsa.If",
            Category = "Branching",
            Description = "Runs one of two activities.",
            Inputs = [new InputDescriptor("Condition", "Boolean") { DefaultValue = false }],
            Outputs = [new OutputDescriptor("Result", "Boolean")],
            Ports = [new PortDescriptor("Then", PortType.Embedded), new PortDescriptor("Else", PortType.Embedded)],
        },
        new()
        {
            TypeName = "Elsa.While",
            Category = "Looping",
            Description = "Runs an activity as long as a condition holds.",
            Inputs = [new InputDescriptor("Condition", "Boolean") { DefaultValue = false }],
            Ports = [new PortDescriptor("Body", PortType.Embedded)],
        },
        new()
        {
            TypeName = "Elsa.ForEach",
            Category = "Looping",
            Description = "Runs an activity for one item after another.",
            Inputs = [new InputDescriptor("Items", "Object") { Description = "The items, as a list." }],
            Outputs = [new OutputDescriptor("CurrentValue") { Description = "The item of the round." }],
            Ports = [new PortDescriptor("Body", PortType.Embedded)],
        },
        new()
        {
            TypeName = "Elsa.ParallelForEach",
            Category = "Looping",
            Description = "Runs an activity for all items at once.",
            Inputs = [new InputDescriptor("Items", "Object") { Description = "The items, as a list." }],
            Ports = [new PortDescriptor("Body", PortType.Embedded)],
        },
        new()
        {
            TypeName = "Elsa.Fork",
            Category = "Control Flow",
            Description = "Runs branches at once.",
            IsBrowsable = false,
            Inputs =
            [
                new InputDescriptor("JoinMode")
                {
                    Description = "Whether to wait for all branches or for any.",
                    DefaultValue = "WaitAll",
                    IsWrapped = false,
                    UiHint = "dropdown",
                    UiSpecifications = DropdownSpecification.Of(["WaitAll", "WaitAny"]),
                },
            ],
            Ports = [new PortDescriptor("Branches", PortType.Embedded)],
        },
    ];
}
