using Sandbox.Testing.Load;
using Sandbox.Testing.Serving;

namespace Sandbox.Server.Tests.Load;

/// <summary>The server as a process of its own, with much at once. The benchmark <c>load</c> does the same with more.</summary>
public sealed class LoadTests
{
    [Fact]
    public async Task Many_starts_polls_listeners_a_run_beside_and_a_backup_at_once_lose_nothing()
    {
        var trial = new LoadTrial(ServerProcess.BuiltIn(Reference.Repository), BuiltCommand.Path, TimeProvider.System);

        var outcome = await trial.RunAsync(new LoadSize(Runs: 40, Pollers: 5, Listeners: 5));

        outcome.Faults.ShouldBeEmpty();
        outcome.Starts.Count.ShouldBe(40);
        outcome.Polls.ShouldNotBeEmpty();
    }
}
