using Sandbox.Engine.Definitions;

namespace Sandbox.Engine.Persistence;

/// <summary>Asks to store a definition.</summary>
/// <param name="Definition">
/// The content. A <see cref="WorkflowDefinition.DefinitionId"/> that is empty makes a new definition. A
/// <see cref="WorkflowDefinition.Id"/> names the version that was edited: where it is not the latest any more the save
/// is refused. Number, dates and flags of publication are the store's.
/// </param>
public sealed record SaveDefinition(WorkflowDefinition Definition)
{
    /// <summary>Whether to check it and make it the published version.</summary>
    public bool Publish { get; init; }

    /// <summary>Which tool writes, as in <c>compiler</c>; null for a person. A draft is only written over by the same writer.</summary>
    public string? Writer { get; init; }

    /// <summary>Whether a latest version that another writer made stays the latest. What is stored then is a version beside
    /// it: checked, to be run by its own id, but neither the latest nor published.</summary>
    public bool YieldsToEdits { get; init; }

    /// <summary>The <see cref="ContentHash"/> of the latest version as the writer knows it; null not to check.</summary>
    public string? ExpectedHash { get; init; }

    /// <summary>The editor at work that saves, by an id of its own; null for none. What an editor saved last it may save over
    /// without having seen the answer, so <see cref="ExpectedHash"/> is not asked of it.</summary>
    public string? EditSession { get; init; }

    /// <summary>Whether a save that is refused as stale is kept as a version beside the latest one. Later ones of the same
    /// <see cref="EditSession"/> go over it.</summary>
    public bool KeepsLoser { get; init; }

    /// <summary>What must be written in the same transaction, also when the content has not changed.</summary>
    public IReadOnlyList<ICommitWork> CommitWork { get; init; } = [];
}

/// <summary>What a save did.</summary>
/// <param name="Definition">The version as it is stored now.</param>
/// <param name="IsChanged">Whether content was written; false where the latest version has this content already.</param>
/// <param name="AlreadyPublished">Whether publication was asked for and nothing had to be done for it.</param>
/// <param name="Warnings">What looks wrong and does not forbid to publish; empty when not published.</param>
public sealed record SavedDefinition(
    WorkflowDefinition Definition, bool IsChanged, bool AlreadyPublished, IReadOnlyList<DefinitionFault> Warnings);

/// <summary>Somebody else has stored a version since the writer read the definition. The latest version is untouched.</summary>
public sealed class DefinitionConflictException(string definitionId, int latestVersion, int? keptVersion = null)
    : Exception(
        $"The workflow definition \"{definitionId}\" has changed meanwhile: its latest version is {latestVersion} now. "
        + (keptVersion is { } kept
            ? string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"What was to be saved is kept as version {kept}. Load the latest version and repeat the change, or roll back to version {kept}.")
            : "Load it again and repeat the change."))
{
    /// <summary>Number of the version that holds what was refused; null where it was not kept.</summary>
    public int? KeptVersion { get; } = keptVersion;


    /// <summary>The definition.</summary>
    public string DefinitionId { get; } = definitionId;

    /// <summary>Number of its latest version.</summary>
    public int LatestVersion { get; } = latestVersion;
}

/// <summary>A definition that cannot be deleted because unfinished instances run it.</summary>
public sealed class DefinitionInUseException(string definitionId, int instances)
    : Exception(
        $"The workflow definition \"{definitionId}\" cannot be deleted: {instances} unfinished instance(s) run it. "
        + "Cancel them first.");
