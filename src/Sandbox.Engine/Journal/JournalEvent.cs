namespace Sandbox.Engine.Journal;

/// <summary>A line of the journal, before it is stored.</summary>
internal sealed record JournalEvent(
    long Sequence, Runtime.ActivityExecution Execution, DateTimeOffset Timestamp, string EventName, string? Message);

/// <summary>Names of journal events; the first three are Elsa's and coloured by its Studio.</summary>
internal static class JournalEvents
{
    public const string Started = "Started";
    public const string Completed = "Completed";
    public const string Faulted = "Faulted";
    public const string Canceled = "Canceled";
    public const string Retrying = "Retrying";
    public const string Resumed = "Resumed";
}
