using Sandbox.Testing;
using Sandbox.Testing.Kill;

namespace Sandbox.EndToEnd.Kill;

public sealed class KillTests
{
    [Fact]
    public async Task Ten_kills_at_seeded_moments_leave_nothing_lost_nothing_doubled_and_the_same_files()
    {
        var trial = new KillTrial(BuiltCommand.Path, BuiltCommand.Configs, "configs/demo/quick.yaml", TimeProvider.System);

        var outcome = await trial.RunAsync(kills: 10, seed: 20261123, _ => { }, CancellationToken.None);

        outcome.Faults.ShouldBeEmpty();
        outcome.Kills.ShouldBe(10);
    }
}
