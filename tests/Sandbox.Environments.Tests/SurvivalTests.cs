using Sandbox.Environments.Hosts;
using Sandbox.Environments.ShortCommands;
using Shouldly;

namespace Sandbox.Environments.Tests;

public class SurvivalTests
{
    [Theory]
    [InlineData("0::/system.slice/sandbox.service\n", "sandbox.service")]
    [InlineData("12:pids:/x\n1:name=systemd:/user.slice/user-1000.slice/session-3.scope\n0::/\n", "session-3.scope")]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/run-r1.scope\n", "run-r1.scope")]
    [InlineData("0::/\n", null)]
    [InlineData("", null)]
    public void The_unit_stands_in_the_control_group(string cgroup, string? unit) => Survival.UnitOf(cgroup).ShouldBe(unit);

    [Theory]
    [InlineData("sandbox.service", "systemd", "control-group", false, null, "KillMode=process")]
    [InlineData("sandbox.service", "systemd", null, false, null, "KillMode=process")]
    [InlineData("sandbox.service", "systemd", "process", false, null, null)]
    [InlineData("session-3.scope", "systemd", null, true, null, "KillUserProcesses")]
    [InlineData("session-3.scope", "systemd", null, false, null, null)]
    [InlineData("user@1000.service", "systemd", "mixed", false, null, null)]
    [InlineData(null, "sleep", null, false, null, "container")]
    [InlineData(null, "systemd", null, false, "77", "batch job 77")]
    [InlineData(null, "systemd", null, false, null, null)]
    public void What_would_end_the_programs_is_told_with_its_remedy(
        string? unit, string first, string? killMode, bool killsSessions, string? batch, string? told)
    {
        var threat = Survival.Judge(unit, first, killMode, killsSessions, batch);
        if (told is null)
        {
            threat.ShouldBeNull();
        }
        else
        {
            threat.ShouldNotBeNull().ShouldContain(told);
        }
    }

    [Theory]
    [InlineData("#KillUserProcesses=yes", null)]
    [InlineData("KillUserProcesses=yes", true)]
    [InlineData("KillUserProcesses=yes\nKillUserProcesses=no", false)]
    public void The_settings_of_logind_are_read(string file, bool? kills) => Survival.KillsSessions(file.Split('\n')).ShouldBe(kills);

    [Fact]
    public async Task This_machine_can_be_looked_at() =>
        await Should.NotThrowAsync(new Survival(new ShortCommandRunner()).FindThreatAsync(CancellationToken.None));
}
