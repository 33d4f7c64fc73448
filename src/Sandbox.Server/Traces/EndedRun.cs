using Sandbox.Engine.Runtime;
using Sandbox.Workflows.Outbox;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Traces;

/// <summary>A run that somebody is told of.</summary>
/// <param name="Event">How it ended.</param>
/// <param name="Run">The run with its jobs.</param>
/// <param name="Instance">Its workflow instance.</param>
internal sealed record EndedRun(RunEvent Event, RunView Run, InstanceInfo Instance)
{
    /// <summary>Whether it stands still: its files are published.</summary>
    public bool IsStill => Run.State is RunStates.Finished or RunStates.Failed or RunStates.Cancelled;
}
