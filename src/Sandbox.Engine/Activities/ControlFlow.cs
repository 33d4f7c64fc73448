using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Activities;

/// <summary>Runs its activities one after another.</summary>
internal sealed class Sequence : IParentActivity
{
    private const string CurrentIndex = "CurrentIndex";

    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        Next(context);
        return ValueTask.CompletedTask;
    }

    public ValueTask ChildCompletedAsync(ActivityContext context, ChildCompletion child, CancellationToken cancellationToken)
    {
        if (child.Node.Behavior is ITerminalActivity)
        {
            context.Complete();
        }
        else
        {
            Next(context);
        }

        return ValueTask.CompletedTask;
    }

    private static void Next(ActivityContext context)
    {
        var index = context.Properties[CurrentIndex] is { } value ? InputValues.Int(value) : 0;
        if (index >= context.Node.Activities.Count)
        {
            context.Complete();
            return;
        }

        context.Properties[CurrentIndex] = index + 1;
        context.Schedule(context.Node.Activities[index]);
    }
}

/// <summary>Runs one of two activities.</summary>
internal sealed class If : IParentActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        var result = InputValues.IsTrue(context.GetInput("Condition"));
        context.SetOutput("Result", result);
        if (context.Node.Port(result ? "then" : "else") is [var next, ..])
        {
            context.Schedule(next);
        }
        else
        {
            context.Complete();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ChildCompletedAsync(ActivityContext context, ChildCompletion child, CancellationToken cancellationToken)
    {
        context.Complete();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Runs its body as long as a condition, evaluated anew each time, holds.</summary>
internal sealed class While : IParentActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        if (InputValues.IsTrue(context.EvaluateInput("Condition")) && context.Node.Port("body") is [var body, ..])
        {
            context.Schedule(body);
        }
        else
        {
            context.Complete();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ChildCompletedAsync(ActivityContext context, ChildCompletion child, CancellationToken cancellationToken) =>
        ExecuteAsync(context, cancellationToken);
}

/// <summary>Runs its branches at once; ends with the first or the last of them.</summary>
internal sealed class Fork : IParentActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        foreach (var branch in context.Node.Port("branches"))
        {
            context.Schedule(branch);
        }

        if (context.Node.Port("branches").Count == 0)
        {
            context.Complete();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ChildCompletedAsync(ActivityContext context, ChildCompletion child, CancellationToken cancellationToken)
    {
        var waitsForAny = string.Equals(context.GetText("JoinMode"), "WaitAny", StringComparison.OrdinalIgnoreCase);
        if (waitsForAny || context.ActiveChildren.Count == 0)
        {
            context.Complete();
        }

        return ValueTask.CompletedTask;
    }
}
