using System.Text.Json.Nodes;
using Sandbox.Engine.Runtime;

namespace Sandbox.Engine.Activities;

/// <summary>What loops over items give their bodies.</summary>
internal static class LoopItems
{
    /// <summary>The items: a list; a single value is a list of one.</summary>
    public static IReadOnlyList<JsonNode?> Of(ActivityContext context) => context.GetInput("Items") switch
    {
        null => [],
        JsonArray list => [.. list],
        var single => [single],
    };

    /// <summary>The variables of one round.</summary>
    public static JsonObject Round(JsonNode? item, int index) =>
        new() { ["CurrentIndex"] = index, ["CurrentValue"] = item?.DeepClone() };
}

/// <summary>Runs its body for one item after another.</summary>
internal sealed class ForEach : IParentActivity
{
    private const string CurrentIndex = "CurrentIndex";

    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        var items = LoopItems.Of(context);
        var index = context.Properties[CurrentIndex] is { } value ? InputValues.Int(value) : 0;
        if (index >= items.Count || context.Node.Port("body") is not [var body, ..])
        {
            context.Complete();
            return ValueTask.CompletedTask;
        }

        context.SetOutput("CurrentValue", items[index]);
        context.Properties[CurrentIndex] = index + 1;
        context.Schedule(body, LoopItems.Round(items[index], index));
        return ValueTask.CompletedTask;
    }

    public ValueTask ChildCompletedAsync(ActivityContext context, ChildCompletion child, CancellationToken cancellationToken) =>
        ExecuteAsync(context, cancellationToken);
}

/// <summary>Runs its body for all items at once.</summary>
internal sealed class ParallelForEach : IParentActivity
{
    public ValueTask ExecuteAsync(ActivityContext context, CancellationToken cancellationToken)
    {
        var items = LoopItems.Of(context);
        if (items.Count == 0 || context.Node.Port("body") is not [var body, ..])
        {
            context.Complete();
            return ValueTask.CompletedTask;
        }

        for (var index = 0; index < items.Count; index++)
        {
            context.Schedule(body, LoopItems.Round(items[index], index));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ChildCompletedAsync(ActivityContext context, ChildCompletion child, CancellationToken cancellationToken)
    {
        if (context.ActiveChildren.Count == 0)
        {
            context.Complete();
        }

        return ValueTask.CompletedTask;
    }
}
