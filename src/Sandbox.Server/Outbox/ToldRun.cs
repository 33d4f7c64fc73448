using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Outbox;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Outbox;

/// <summary>A run that somebody is told of.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Run">The run with its jobs.</param>
/// <param name="Instance">Its workflow instance.</param>
internal sealed record ToldRun(RunEvent Event, RunView Run, InstanceInfo Instance)
{
    /// <summary>Whether the run has ended, and stands still: its files are published.</summary>
    public bool HasEnded => Run.State is RunStates.Finished or RunStates.Failed or RunStates.Cancelled;
}
