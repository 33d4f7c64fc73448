using System.Text.Json.Nodes;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Activities;

/// <summary>Marks where a flowchart starts.</summary>
internal class Start : IActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        context.Complete();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Ends the container that it stands in.</summary>
internal sealed class End : Start, ITerminalActivity;

/// <summary>Ends the workflow.</summary>
internal sealed class Finish : IActivity, ITerminalActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        context.FinishWorkflow();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Makes an incident.</summary>
internal sealed class Fault : IActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken) =>
        throw new ActivityFault(context.GetText("Message") is { Length: > 0 } message
            ? message
            : $"Fault {context.GetText("Code") ?? "0"} ({context.GetText("Category") ?? "General"}, {context.GetText("FaultType") ?? "System"})");
}

/// <summary>Sets a variable.</summary>
internal sealed class SetVariable : IActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        var id = context.GetInput("Variable") switch
        {
            JsonObject variable => InputValues.Text(variable["id"]),
            var other => InputValues.Text(other),
        };
        context.SetVariable(id ?? throw new ActivityFault($"Activity {context.Node.Id} does not say which variable to set."), context.GetInput("Value"));
        context.Complete();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Writes a line of text. It may be written again when the process dies before the burst is committed.</summary>
internal sealed class WriteLine(TextWriter output) : IActivity
{
    public async ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(context.GetText("Text").AsMemory(), cancellationToken);
        await output.FlushAsync(cancellationToken);
        context.Complete();
    }
}

/// <summary>Waits for a time, durably.</summary>
internal sealed class Delay : IActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        var text = context.GetText("TimeSpan") ?? "00:01:00";
        if (!Durations.TryParse(text, out var span))
        {
            throw new ActivityFault($"Activity {context.Node.Id} waits for \"{text}\", which is no duration. Write 00:01:30, or 90s.");
        }

        var due = context.Now + span;
        context.CreateBookmark(payload: new JsonObject { ["resumeAt"] = due.ToString("O") }, dueAt: due);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Waits for an event, or starts with one.</summary>
internal sealed class Event : TriggerActivity
{
    public const string TypeName = "Elsa.Event";

    /// <summary>What the event's name turns into in the bookmark.</summary>
    public static JsonObject Stimulus(string eventName) => new() { ["eventName"] = eventName };

    public override ValueTask ResumeAsync(ActivityContext context, JsonNode? input, CancellationToken cancellationToken)
    {
        context.SetOutput("Result", input);
        context.Complete();
        return ValueTask.CompletedTask;
    }

    protected override void Wait(ActivityContext context)
    {
        var name = context.GetText("EventName") is { Length: > 0 } given
            ? given
            : throw new ActivityFault($"Activity {context.Node.Id} does not say which event to wait for.");
        context.CreateBookmark(payload: Stimulus(name));
    }
}
