using System.Text.Json.Nodes;

namespace Sandbox.Engine.Activities;

/// <summary>The activity types that the engine brings, under Elsa's names and with Elsa's members.</summary>
internal static class BuiltInActivities
{
    private static readonly ActivityDescriptor[] Descriptors =
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
                    UiSpecifications = Dropdown(Enum.GetNames<FlowJoinMode>()),
                },
            ],
        },
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
                    UiSpecifications = Dropdown(["WaitAll", "WaitAny"]),
                },
            ],
            Ports = [new PortDescriptor("Branches", PortType.Embedded)],
        },
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

    /// <summary>Adds them all.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="output">Where <c>Elsa.WriteLine</c> writes.</param>
    public static void AddTo(ActivityRegistry registry, TextWriter output)
    {
        foreach (var descriptor in Descriptors)
        {
            registry.Add(descriptor, () => Create(descriptor.Name, output));
        }
    }

    private static IActivity Create(string name, TextWriter output) => name switch
    {
        "Workflow" => new WorkflowActivity(),
        "Flowchart" => new Flowchart(),
        "Sequence" => new Sequence(),
        "End" => new End(),
        "FlowDecision" => new FlowDecision(),
        "FlowFork" => new FlowFork(),
        "FlowJoin" => new FlowJoin(),
        "If" => new If(),
        "While" => new While(),
        "ForEach" => new ForEach(),
        "ParallelForEach" => new ParallelForEach(),
        "Fork" => new Fork(),
        "SetVariable" => new SetVariable(),
        "WriteLine" => new WriteLine(output),
        "Delay" => new Delay(),
        "Event" => new Event(),
        "Finish" => new Finish(),
        "Fault" => new Fault(),
        _ => new Start(),
    };

    private static JsonObject Dropdown(IEnumerable<string> values) => new()
    {
        ["dropdown"] = new JsonObject
        {
            ["selectList"] = new JsonObject
            {
                ["items"] = new JsonArray([.. values.Select(value => new JsonObject { ["text"] = value, ["value"] = value })]),
                ["isFlagsEnum"] = false,
            },
        },
    };
}
