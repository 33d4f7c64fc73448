using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Activities;

/// <summary>Leaves by True or False.</summary>
internal sealed class FlowDecision : IActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        context.Complete(InputValues.IsTrue(context.GetInput("Condition")) ? "True" : "False");
        return ValueTask.CompletedTask;
    }
}

/// <summary>Leaves by all its branches at once.</summary>
internal sealed class FlowFork : IActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        var branches = context.GetInput("Branches") as JsonArray;
        context.Complete([.. branches?.Select(InputValues.Text).OfType<string>() ?? []]);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A merge with a mode of its own; the flowchart does the waiting.</summary>
internal sealed class FlowJoin : IActivity
{
    public const string TypeName = "Elsa.FlowJoin";

    /// <summary>How tokens merge at an activity. Any other than a join waits for all that are on the way.</summary>
    public static FlowJoinMode Mode(ActivityGraphNode node)
    {
        if (node.Type != TypeName)
        {
            return FlowJoinMode.WaitAllActive;
        }

        var text = node.Definition.Inputs.FirstOrDefault(i => i.Key.Equals("mode", StringComparison.OrdinalIgnoreCase)).Value?.Value;
        return Enum.TryParse<FlowJoinMode>(InputValues.Text(text), ignoreCase: true, out var mode) ? mode : FlowJoinMode.WaitAny;
    }

    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        context.Complete();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Modes of a join; the names and their order are Elsa's.</summary>
internal enum FlowJoinMode
{
    /// <summary>Every inbound path must come.</summary>
    WaitAll,

    /// <summary>Every inbound path that is active must come.</summary>
    WaitAllActive,

    /// <summary>The first path goes on, the others are cancelled.</summary>
    WaitAny,
}
