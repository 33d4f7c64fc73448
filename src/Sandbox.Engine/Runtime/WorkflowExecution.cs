using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Bookmarks;
using Sandbox.Engine.Incidents;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Journal;

namespace Sandbox.Engine.Runtime;

/// <summary>
/// An instance in memory, between two commits. Stimuli (start, job result, resumed bookmark) go in, a burst of
/// activities runs, and <see cref="Changes"/> says what the commit must write. After a commit that failed it must be
/// thrown away and loaded again.
/// </summary>
internal sealed partial class WorkflowExecution(
    InstanceState instance, WorkflowGraph graph, TimeProvider time, Func<string> newId)
{
    private readonly Queue<ActivityExecution> _scheduled = new();
    private readonly PriorityQueue<Bookmark, DateTimeOffset> _due = new();
    private readonly Queue<(ActivityExecution Parent, ChildCompletion Child)> _completions = new();

    public InstanceState Instance { get; } = instance;

    public WorkflowGraph Graph { get; } = graph;

    public BurstChanges Changes { get; } = new();

    /// <summary>Executions that belong to the state, by id.</summary>
    public Dictionary<string, ActivityExecution> Executions { get; } = new(StringComparer.Ordinal);

    /// <summary>Bookmarks by id.</summary>
    public Dictionary<string, Bookmark> Bookmarks { get; } = new(StringComparer.Ordinal);

    /// <summary>Jobs that have not ended, by id.</summary>
    public Dictionary<string, JobTicket> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Open incidents, oldest first.</summary>
    public List<Incident> Incidents { get; } = [];

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Whether nothing is left to do before the next stimulus.</summary>
    public bool IsIdle => _scheduled.Count == 0 && _completions.Count == 0;

    public void Touch(ActivityExecution execution) => Changes.Touch(execution);

    /// <summary>Starts the workflow at its root, and there at a trigger where one is given.</summary>
    public void Start(string? triggerActivityId = null, JsonNode? input = null)
    {
        var root = Add(null, Graph.Root, null);
        if (triggerActivityId is not null)
        {
            root.Properties[Trigger] = new JsonObject { ["activityId"] = triggerActivityId, ["input"] = input?.DeepClone() };
        }

        Enqueue(root);
        Instance.SubStatus = WorkflowSubStatus.Pending;
    }

    /// <summary>Starts over under this graph's definition version.</summary>
    public void Restart(JsonObject inputs)
    {
        var definition = Graph.Definition;
        (Instance.DefinitionId, Instance.DefinitionVersionId, Instance.Version) =
            (definition.DefinitionId, definition.Id, definition.Version);
        (Instance.Input, Instance.Output) = (inputs.DeepClone().AsObject(), []);
        (Instance.Status, Instance.FinishedAt) = (WorkflowStatus.Running, null);
        Start();
    }

    public ActivityExecution Schedule(ActivityExecution parent, ActivityGraphNode child, JsonObject? variables)
    {
        var execution = Add(parent, child, variables);
        Enqueue(execution);
        return execution;
    }

    /// <summary>Puts an execution that has not begun back in line.</summary>
    public void Enqueue(ActivityExecution execution) => _scheduled.Enqueue(execution);

    public Bookmark CreateBookmark(
        ActivityExecution execution, string name, JsonObject? payload, DateTimeOffset? dueAt, bool awaitsJob = false)
    {
        var bookmark = new Bookmark
        {
            Id = newId(),
            Name = name,
            Hash = BookmarkHash.Compute(name, payload),
            Payload = payload,
            Execution = execution,
            CreatedAt = Now,
            DueAt = dueAt,
            AwaitsJob = awaitsJob,
        };
        Attach(bookmark);
        Changes.AddedBookmarks.Add(bookmark);
        Touch(execution);
        return bookmark;
    }

    /// <summary>Makes a bookmark part of the state.</summary>
    public void Attach(Bookmark bookmark)
    {
        bookmark.Execution.Bookmarks.Add(bookmark);
        Bookmarks.Add(bookmark.Id, bookmark);
        if (bookmark.DueAt is { } due)
        {
            _due.Enqueue(bookmark, due);
        }
    }

    /// <summary>The bookmark that is due next, or null.</summary>
    public Bookmark? NextDue()
    {
        while (_due.TryPeek(out var bookmark, out _))
        {
            if (Bookmarks.ContainsKey(bookmark.Id))
            {
                return bookmark;
            }

            _due.Dequeue();
        }

        return null;
    }

    public void CreateJob(ActivityExecution execution, JobActivityOptions options)
    {
        var job = new JobTicket
        {
            Id = execution.Id,
            Execution = execution,
            Kind = options.HandlerKind,
            MaxAttempts = Math.Max(1, options.MaxAttempts),
            Backoff = options.Backoff,
            Timeout = options.Timeout,
            CreatedAt = Now,
            Variables = VariableScope.All(execution),
        };
        CreateBookmark(execution, execution.Node.Type, new JsonObject { ["jobId"] = job.Id }, null, awaitsJob: true);
        Jobs.Add(job.Id, job);
        Changes.Touch(job);
    }

    public void Log(ActivityExecution execution, string eventName, string? message = null) =>
        Changes.Journal.Add(new JournalEvent(++Instance.LogSequence, execution, Now, eventName, message));

    private ActivityExecution Add(ActivityExecution? parent, ActivityGraphNode node, JsonObject? variables)
    {
        var execution = new ActivityExecution(newId(), node, parent)
        {
            Order = ++Instance.Order,
            DynamicVariables = variables,
            ScheduledBy = parent?.Id,
            StartedAt = Now,
        };
        Attach(execution);
        Touch(execution);
        return execution;
    }

    /// <summary>Makes an execution part of the state.</summary>
    public void Attach(ActivityExecution execution)
    {
        Executions.Add(execution.Id, execution);
        execution.Parent?.Children.Add(execution);
    }

    private void Detach(ActivityExecution execution)
    {
        // The root stays in the state of an instance that has ended: it holds the workflow's variables.
        if (execution.Parent is not null)
        {
            execution.IsActive = false;
            Executions.Remove(execution.Id);
            execution.Parent.Children.Remove(execution);
        }
    }
}
