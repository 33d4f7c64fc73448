using System.Text.Json.Nodes;

namespace Sandbox.Engine.Activities;

/// <summary>The behaviour of an activity type. Stateless: one instance serves all executions; what must last is kept in
/// <see cref="ActivityContext.Properties"/>.</summary>
public interface IActivity
{
    /// <summary>Begins an execution. It ends when <see cref="ActivityContext.Complete"/> is called, now or later.</summary>
    ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken);
}

/// <summary>An activity that schedules others and hears when they end.</summary>
public interface IParentActivity : IActivity
{
    /// <summary>A child has completed.</summary>
    ValueTask ChildCompletedAsync(ActivityContext context, ChildCompletion child, CancellationToken cancellationToken);
}

/// <summary>An activity that waits on bookmarks. Without it, a resumed bookmark completes the activity.</summary>
public interface IResumableActivity : IActivity
{
    /// <summary>One of its bookmarks was resumed; the bookmark is gone.</summary>
    /// <param name="context">The execution.</param>
    /// <param name="input">What came with the stimulus.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    ValueTask ResumeAsync(ActivityContext context, JsonNode? input, CancellationToken cancellationToken);
}

/// <summary>An activity whose completion completes the sequence or flowchart that it stands in.</summary>
public interface ITerminalActivity : IActivity;

/// <summary>A child that completed.</summary>
/// <param name="ActivityInstanceId">Its execution.</param>
/// <param name="Node">The child.</param>
/// <param name="Outcomes">The ports it left by.</param>
public sealed record ChildCompletion(string ActivityInstanceId, ActivityGraphNode Node, IReadOnlyList<string> Outcomes);
