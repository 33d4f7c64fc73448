using Sandbox.Testing;
using Sandbox.Testing.Kill;

namespace Sandbox.EndToEnd.Kill;

public sealed class SweepKillTests
{
    [Fact]
    public async Task A_sweep_that_is_killed_loses_and_repeats_no_trial_and_finds_the_same_ones()
    {
        var sweep = new SweepKill(BuiltCommand.Path, BuiltCommand.Configs, "configs/demo/sweep-quick.yaml", "--hpo_config.run_cap", "20");
        var outcome = await sweep.RunAsync(kills: 3, seed: 7, default);

        outcome.Faults.ShouldBeEmpty();
        outcome.Kills.ShouldBe(3);
        outcome.Trials.ShouldBe(20);
    }
}
