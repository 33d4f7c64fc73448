using System.Text.Json.Nodes;

namespace Sandbox.Engine.Activities;

/// <summary>Activities that start workflows, and what answers a request. Under Elsa's names and with Elsa's members.</summary>
internal static class TriggerDescriptors
{
    public static readonly IReadOnlyList<ActivityDescriptor> All =
    [
        new()
        {
            TypeName = HttpEndpoint.TypeName,
            Category = "HTTP",
            DisplayName = "HTTP Endpoint",
            Description = "Starts the workflow when a request comes to a path below /workflows/.",
            Kind = ActivityKind.Trigger,
            Inputs =
            [
                new InputDescriptor("Path") { Description = "The path below /workflows/; {name} stands for any part.", IsRequired = true },
                new InputDescriptor("SupportedMethods", "Object") { DisplayName = "Supported Methods", Description = "A list of methods, as in [\"POST\"].", DefaultValue = new JsonArray("GET"), UiHint = "json-editor", Order = 1 },
                new InputDescriptor("Mode")
                {
                    Description = "async answers 202 with the run's address; sync waits for Write HTTP Response, or for the end.",
                    DefaultValue = "async", UiHint = "dropdown", UiSpecifications = DropdownSpecification.Of(["async", "sync"]), Order = 2,
                },
                new InputDescriptor("Authorize", "Boolean") { Description = "Whether a request needs a key when keys are on.", DefaultValue = true, UiHint = "checkbox", Order = 3 },
            ],
            Outputs =
            [
                new OutputDescriptor("ParsedContent") { Description = "The body, as JSON." },
                new OutputDescriptor("RouteData") { Description = "The parts of the path, by name." },
                new OutputDescriptor("QueryStringData") { Description = "The query, by name." },
                new OutputDescriptor("Headers") { Description = "The headers, by name." },
            ],
        },
        new()
        {
            TypeName = WriteHttpResponse.TypeName,
            Category = "HTTP",
            DisplayName = "HTTP Response",
            Description = "Answers the request that started the workflow, while it waits.",
            Inputs =
            [
                new InputDescriptor("StatusCode", "Int32") { DisplayName = "Status Code", Description = "The status code.", DefaultValue = 200 },
                new InputDescriptor("Content", "Object") { Description = "The body: text, or JSON.", UiHint = "multiline", Order = 1 },
                new InputDescriptor("ContentType") { DisplayName = "Content Type", Description = "The body's type; without one, what fits.", Order = 2 },
            ],
        },
        new()
        {
            TypeName = TimerTrigger.TypeName,
            Category = "Scheduling",
            Description = "Starts the workflow again and again.",
            Kind = ActivityKind.Trigger,
            Inputs = [new InputDescriptor("Interval", "TimeSpan") { Description = "How often, as in 00:05:00.", IsRequired = true }, Missed()],
        },
        new()
        {
            TypeName = CronTrigger.TypeName,
            Category = "Scheduling",
            Description = "Starts the workflow at the times of a cron expression.",
            Kind = ActivityKind.Trigger,
            Inputs =
            [
                new InputDescriptor("CronExpression") { DisplayName = "Cron Expression", Description = "Five fields, or six with seconds, as in 0 8 * * MON-FRI.", IsRequired = true },
                new InputDescriptor("Timezone") { DisplayName = "Time Zone", Description = "As in Europe/Berlin; UTC without it.", Order = 1 },
                Missed(),
            ],
        },
        new()
        {
            TypeName = StartAt.TypeName,
            Category = "Scheduling",
            DisplayName = "Start at",
            Description = "Starts the workflow once, at a time.",
            Kind = ActivityKind.Trigger,
            Inputs = [new InputDescriptor("DateTime", "DateTimeOffset") { Description = "When, as in 2030-01-31T08:00:00Z.", IsRequired = true }, Missed()],
        },
    ];

    private static InputDescriptor Missed() => new("Missed")
    {
        Description = "What becomes of times that nobody was there for.",
        DefaultValue = "once",
        UiHint = "dropdown",
        UiSpecifications = DropdownSpecification.Of(["skip", "once", "all"]),
        Order = 5,
    };
}
