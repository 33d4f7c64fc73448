namespace Sandbox.Engine.Incidents;

/// <summary>What an incident does to the rest of the workflow.</summary>
internal enum IncidentStrategy
{
    /// <summary>The workflow faults; jobs of other branches are told to end.</summary>
    Fault,

    /// <summary>Other branches go on as far as they can.</summary>
    ContinueWithIncidents,
}
