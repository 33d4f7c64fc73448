namespace Sandbox.Engine.Activities;

/// <summary>The workflow itself: runs the definition's root and ends with it.</summary>
internal sealed class WorkflowActivity : IParentActivity
{
    public const string TypeName = "Elsa.Workflow";

    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        context.Schedule(context.Node.Activities[0]);
        return ValueTask.CompletedTask;
    }

    public ValueTask ChildCompletedAsync(ActivityContext context, ChildCompletion child, CancellationToken cancellationToken)
    {
        context.Complete();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Stands in for an activity of a type that is not registered: faults when it is reached.</summary>
internal sealed class MissingActivity(string type, int version) : IActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken) =>
        throw new ActivityFault($"Activity type {type} (version {version}) is not registered here. Install what provides it, or remove the activity.");
}
