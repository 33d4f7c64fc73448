using Sandbox.Environments.Supervision;

namespace Sandbox.Environments.Tests.Supervision;

public sealed class SurvivalRisksTests
{
    [Theory]
    [InlineData("0::/user.slice/user-1000.slice/session-3.scope", "KillUserProcesses")]
    [InlineData("0::/system.slice/sandbox-server.service", "KillMode=process")]
    [InlineData("1:name=systemd:/user.slice/user-1000.slice/user@1000.service/app.slice/x.service", "x.service")]
    [InlineData("0::/", null)]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/run-1.scope", null)]
    public void What_could_end_supervisors_with_the_orchestrator_is_told(string line, string? risk)
    {
        var risks = SurvivalRisks.Of([line]);

        risks.Count.ShouldBe(risk is null ? 0 : 1);
        if (risk is not null)
        {
            risks[0].ShouldContain(risk);
        }
    }
}
