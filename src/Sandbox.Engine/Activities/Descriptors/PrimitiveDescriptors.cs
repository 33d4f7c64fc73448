namespace Sandbox.Engine.Activities;

/// <summary>Activities without others inside. Under Elsa's names and with Elsa's members.</summary>
internal static class PrimitiveDescriptors
{
    public static readonly IReadOnlyList<ActivityDescriptor> All =
    [
        new()
        {
            TypeName = "Elsa.SetVariable",
            Category = "Primitives",
            DisplayName = "Set Variable",
            Description = "Assigns a value to a variable.",
            Inputs =
            [
                new InputDescriptor("Variable", "Variable") { Description = "The variable.", IsWrapped = false, UiHint = "variable-picker" },
                new InputDescriptor("Value", "Object") { Description = "The value.", Order = 1 },
            ],
        },
        new()
        {
            TypeName = "Elsa.WriteLine",
            Category = "Console",
            DisplayName = "Write Line",
            Description = "Writes a line of text to standard output.",
            Inputs = [new InputDescriptor("Text") { Description = "The text." }],
        },
        new()
        {
            TypeName = "Elsa.Delay",
            Category = "Scheduling",
            Description = "Waits for a time.",
            Inputs = [new InputDescriptor("TimeSpan", "TimeSpan") { Description = "How long, as in 00:01:30.", DefaultValue = "00:01:00" }],
        },
        new()
        {
            TypeName = Event.TypeName,
            Category = "Primitives",
            Description = "Waits for an event.",
            Kind = ActivityKind.Trigger,
            Inputs = [new InputDescriptor("EventName") { DisplayName = "Event Name", Description = "The event." }],
            Outputs = [new OutputDescriptor("Result") { Description = "What came with the event." }],
        },
        new() { TypeName = "Elsa.Finish", Category = "Primitives", Description = "Ends the workflow.", IsTerminal = true },
        new()
        {
            TypeName = "Elsa.Fault",
            Category = "Primitives",
            Description = "Makes an incident.",
            Inputs =
            [
                new InputDescriptor("Code") { Description = "A code for the fault." },
                new InputDescriptor("Category") { Description = "As in HTTP.", Order = 1 },
                new InputDescriptor("FaultType") { DisplayName = "Type", Description = "As in System or Business.", Order = 2 },
                new InputDescriptor("Message") { Description = "What is wrong.", Order = 3 },
            ],
        },
    ];
}
