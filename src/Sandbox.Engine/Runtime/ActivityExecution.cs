using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Bookmarks;

namespace Sandbox.Engine.Runtime;

/// <summary>An execution of an activity in memory: the live counterpart of its stored record.</summary>
internal sealed class ActivityExecution(string id, ActivityGraphNode node, ActivityExecution? parent)
{
    public string Id { get; } = id;

    public ActivityGraphNode Node { get; } = node;

    public ActivityExecution? Parent { get; } = parent;

    /// <summary>The execution whose completion led to this one, for the call stack.</summary>
    public string? ScheduledBy { get; init; }

    /// <summary>Place in the order of scheduling within the instance.</summary>
    public long Order { get; init; }

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public ActivityStatus Status { get; set; }

    public JsonObject Properties { get; set; } = [];

    /// <summary>Variables of this one execution, by name (a loop's current value).</summary>
    public JsonObject? DynamicVariables { get; init; }

    public JsonObject Inputs { get; set; } = [];

    public JsonObject? Outputs { get; set; }

    public IReadOnlyList<string>? Outcomes { get; set; }

    public JsonObject? Exception { get; set; }

    public int FaultCount { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Children that belong to the instance's state still.</summary>
    public HashSet<ActivityExecution> Children { get; } = [];

    /// <summary>Bookmarks that wait for this execution.</summary>
    public List<Bookmark> Bookmarks { get; } = [];

    /// <summary>Whether it belongs to the instance's state: not ended, faulted and open to a retry, or the root.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Whether it has a stored record.</summary>
    public bool IsStored { get; set; }

    /// <summary>Whether it differs from its stored record.</summary>
    public bool IsDirty { get; set; }
}
