using Sandbox.Testing;
using Sandbox.Testing.Kill;

namespace Sandbox.EndToEnd.Programs;

public sealed class TrainingKillTests
{
    [Fact]
    public async Task Ten_kills_of_the_orchestrator_neither_double_nor_lose_a_training_or_one_of_its_metrics()
    {
        var outcome = await new TrainingKills(BuiltCommand.Path, TimeProvider.System).RunAsync(
            kills: 10, seed: 20261125, _ => { }, CancellationToken.None);

        outcome.Faults.ShouldBeEmpty();
        outcome.Kills.ShouldBe(10);
    }
}
