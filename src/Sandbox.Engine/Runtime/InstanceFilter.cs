namespace Sandbox.Engine.Runtime;

/// <summary>Which instances a list shows, in which order and which part of it.</summary>
public sealed record InstanceFilter
{
    /// <summary>Only these instances; null for all.</summary>
    public IReadOnlyCollection<string>? Ids { get; init; }

    /// <summary>Only instances of these definitions; null for all.</summary>
    public IReadOnlyCollection<string>? DefinitionIds { get; init; }

    /// <summary>Only instances of these versions; null for all.</summary>
    public IReadOnlyCollection<string>? DefinitionVersionIds { get; init; }

    /// <summary>Text within name, correlation id or an id; null or empty for all.</summary>
    public string? SearchTerm { get; init; }

    /// <summary>Only instances of this correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Only instances of versions of this number.</summary>
    public int? Version { get; init; }

    /// <summary>Only instances with open incidents, or only without.</summary>
    public bool? HasIncidents { get; init; }

    /// <summary>Only these statuses; empty for all.</summary>
    public IReadOnlyCollection<WorkflowStatus> Statuses { get; init; } = [];

    /// <summary>Only these sub-statuses; empty for all.</summary>
    public IReadOnlyCollection<WorkflowSubStatus> SubStatuses { get; init; } = [];

    /// <summary>Conditions on times, all of which must hold.</summary>
    public IReadOnlyCollection<TimeCondition> Times { get; init; } = [];

    /// <summary>What to sort by.</summary>
    public InstanceOrder OrderBy { get; init; } = InstanceOrder.CreatedAt;

    /// <summary>Whether the largest come first.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>How many to leave out at the start.</summary>
    public int Skip { get; init; }

    /// <summary>How many to give at most.</summary>
    public int Take { get; init; } = int.MaxValue;
}

/// <summary>What lists of instances can be sorted and filtered by.</summary>
public enum InstanceOrder
{
    /// <summary>When it was created.</summary>
    CreatedAt,

    /// <summary>When it last changed.</summary>
    UpdatedAt,

    /// <summary>When it ended.</summary>
    FinishedAt,

    /// <summary>Its name; not for conditions on times.</summary>
    Name,
}

/// <summary>A condition on one of an instance's times.</summary>
/// <param name="Column">Which time.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Time">With what.</param>
public sealed record TimeCondition(InstanceOrder Column, TimeOperator Operator, DateTimeOffset Time);

/// <summary>Comparisons of times; the names are Elsa's.</summary>
public enum TimeOperator
{
    /// <summary>At that very time.</summary>
    Is,

    /// <summary>At any other time.</summary>
    IsNot,

    /// <summary>Later.</summary>
    GreaterThan,

    /// <summary>At that time or later.</summary>
    GreaterThanOrEqual,

    /// <summary>Earlier.</summary>
    LessThan,

    /// <summary>At that time or earlier.</summary>
    LessThanOrEqual,
}

/// <summary>Part of a list of instances, and how long the whole list is.</summary>
public sealed record InstancePage(IReadOnlyList<InstanceInfo> Items, int TotalCount);

/// <summary>Which lines of a journal a list shows.</summary>
public sealed record JournalFilter
{
    /// <summary>Only these activities, by id; null for all.</summary>
    public IReadOnlyCollection<string>? ActivityIds { get; init; }

    /// <summary>Only these activities, by path; null for all.</summary>
    public IReadOnlyCollection<string>? NodeIds { get; init; }

    /// <summary>Types to leave out; null for none.</summary>
    public IReadOnlyCollection<string>? ExcludedTypes { get; init; }

    /// <summary>Only these events; null for all.</summary>
    public IReadOnlyCollection<string>? EventNames { get; init; }
}

/// <summary>Part of a journal, and how long the whole of it is.</summary>
public sealed record JournalPage(IReadOnlyList<Journal.JournalEntry> Items, int TotalCount);

/// <summary>What became of all executions of one activity in one instance.</summary>
/// <param name="NodeId">The activity's path.</param>
/// <param name="ActivityId">Its id.</param>
/// <param name="Started">Executions that have begun.</param>
/// <param name="Completed">Those that came to their end.</param>
/// <param name="Uncompleted">Those that have not ended.</param>
/// <param name="IsBlocked">Whether one waits on bookmarks.</param>
/// <param name="IsFaulted">Whether the last one faulted.</param>
/// <param name="FaultCount">Open faults in them and inside them.</param>
public sealed record ActivityStats(
    string NodeId, string ActivityId, int Started, int Completed, int Uncompleted, bool IsBlocked, bool IsFaulted, int FaultCount);

/// <summary>How far an instance is; changes with every commit.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Status">Whether it has ended.</param>
public sealed record InstanceMark(string InstanceId, DateTimeOffset UpdatedAt, WorkflowStatus Status);

/// <summary>A bookmark that waits for a stimulus.</summary>
/// <param name="Id">The bookmark.</param>
/// <param name="InstanceId">The instance that waits.</param>
/// <param name="Payload">What it waits for.</param>
/// <param name="CorrelationId">What ties the instance to something outside, or null.</param>
public sealed record WaitingBookmark(string Id, string InstanceId, System.Text.Json.Nodes.JsonObject Payload, string? CorrelationId);
