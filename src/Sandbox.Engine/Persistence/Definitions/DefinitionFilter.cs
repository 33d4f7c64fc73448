namespace Sandbox.Engine.Persistence;

/// <summary>Which definitions a list shows, in which order and which part of it.</summary>
public sealed record DefinitionFilter
{
    /// <summary>Which versions.</summary>
    public VersionOptions Versions { get; init; } = VersionOptions.Latest;

    /// <summary>Only these definitions; null for all.</summary>
    public IReadOnlyCollection<string>? DefinitionIds { get; init; }

    /// <summary>Only these versions, by version id; null for all.</summary>
    public IReadOnlyCollection<string>? VersionIds { get; init; }

    /// <summary>Text within name, description or an id, in any casing (of ASCII letters); null or empty for all.</summary>
    public string? SearchTerm { get; init; }

    /// <summary>Only system definitions, or only others; null for both.</summary>
    public bool? IsSystem { get; init; }

    /// <summary>What to sort by.</summary>
    public DefinitionOrder OrderBy { get; init; } = DefinitionOrder.Created;

    /// <summary>Whether the largest come first.</summary>
    public bool Descending { get; init; }

    /// <summary>How many to leave out at the start.</summary>
    public int Skip { get; init; }

    /// <summary>How many to give at most.</summary>
    public int Take { get; init; } = int.MaxValue;
}

/// <summary>What lists of definitions can be sorted by.</summary>
public enum DefinitionOrder
{
    /// <summary>When the version was made.</summary>
    Created,

    /// <summary>The name.</summary>
    Name,

    /// <summary>The version's number.</summary>
    Version,
}

/// <summary>A definition version in a list.</summary>
public sealed record DefinitionSummary(
    string Id,
    string DefinitionId,
    string? Name,
    string? Description,
    int Version,
    bool IsLatest,
    bool IsPublished,
    bool IsReadonly,
    bool IsSystem,
    string? ToolVersion,
    string? Writer,
    DateTimeOffset CreatedAt);

/// <summary>Part of a list, and how long the whole list is.</summary>
public sealed record DefinitionPage(IReadOnlyList<DefinitionSummary> Items, int TotalCount);
