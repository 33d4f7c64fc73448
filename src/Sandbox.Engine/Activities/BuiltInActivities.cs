namespace Sandbox.Engine.Activities;

/// <summary>The activity types that the engine brings.</summary>
internal static class BuiltInActivities
{
    /// <summary>Adds them all.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="output">Where <c>Elsa.WriteLine</c> writes.</param>
    public static void AddTo(ActivityRegistry registry, TextWriter output)
    {
        foreach (var descriptor in FlowDescriptors.All.Concat(ControlFlowDescriptors.All).Concat(PrimitiveDescriptors.All).Concat(TriggerDescriptors.All))
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
        "HttpEndpoint" => new HttpEndpoint(),
        "WriteHttpResponse" => new WriteHttpResponse(),
        "Timer" => new TimerTrigger(),
        "Cron" => new CronTrigger(),
        "StartAt" => new StartAt(),
        "Finish" => new Finish(),
        "Fault" => new Fault(),
        _ => new Start(),
    };
}
