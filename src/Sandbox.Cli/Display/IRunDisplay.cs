using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>Shows a run while it is worked.</summary>
internal interface IRunDisplay : IRunObserver
{
    /// <summary>Shows a line that an activity wrote.</summary>
    void ActivityLine(string text);

    /// <summary>Shows until the work is done.</summary>
    Task FollowAsync(Task work);
}
