namespace Sandbox.Engine.Journal;

/// <summary>A line of an instance's journal.</summary>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="ActivityInstanceId">The execution that it is about.</param>
/// <param name="ParentActivityInstanceId">The execution which that stands in, or null.</param>
/// <param name="ActivityId">The activity's id.</param>
/// <param name="ActivityType">Its type name.</param>
/// <param name="ActivityVersion">Version of the type.</param>
/// <param name="ActivityName">Its name, or null.</param>
/// <param name="NodeId">Its path.</param>
/// <param name="Timestamp">When.</param>
/// <param name="EventName">Started, Completed, Faulted, Canceled, Retrying or Resumed.</param>
/// <param name="Message">What is wrong, or null.</param>
public sealed record JournalEntry(
    long Sequence,
    string ActivityInstanceId,
    string? ParentActivityInstanceId,
    string ActivityId,
    string ActivityType,
    int ActivityVersion,
    string? ActivityName,
    string NodeId,
    DateTimeOffset Timestamp,
    string EventName,
    string? Message);
