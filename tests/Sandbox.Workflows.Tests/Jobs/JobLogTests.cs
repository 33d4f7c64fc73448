using Microsoft.Extensions.Logging;
using Sandbox.Workflows.Jobs;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Tests.Jobs;

public class JobLogTests : IDisposable
{
    private readonly SandboxHome _home = new(Directory.CreateTempSubdirectory("sandbox-log-").FullName);

    [Fact]
    public void A_log_comes_to_be_with_its_first_line_and_can_be_read_at_once()
    {
        using var log = JobLog.Open(_home, "run", "job", "hook", new JobWarnings().SinkFor("run", "job"));
        Directory.Exists(_home.RunDirectory("run")).ShouldBeFalse();
        log.Logger.LogWarning("half of {Count} rows", 10);
        Lines().ShouldHaveSingleItem().ShouldEndWith(" WRN half of 10 rows");
    }

    [Fact]
    public void Two_holders_of_one_log_never_write_over_each_other()
    {
        using var old = JobLog.Open(_home, "run", "job", "hook", new JobWarnings().SinkFor("run", "job"));
        old.Logger.LogInformation("old one");
        using var successor = JobLog.Open(_home, "run", "job", "hook", new JobWarnings().SinkFor("run", "job"));
        successor.Logger.LogInformation("successor");
        old.Logger.LogInformation("old one again");
        successor.Logger.LogInformation("successor again");
        Lines().Select(line => line[(line.IndexOf("INF", StringComparison.Ordinal) + 4)..])
            .ShouldBe(["old one", "successor", "old one again", "successor again"]);
    }

    [Fact]
    public void What_is_logged_after_the_end_of_the_attempt_is_left_out_in_silence()
    {
        var log = JobLog.Open(_home, "run", "job", "hook", new JobWarnings().SinkFor("run", "job"));
        log.Logger.LogInformation("in time");
        log.Dispose();
        log.Logger.LogInformation("too late");
        Lines().ShouldHaveSingleItem().ShouldEndWith("in time");
    }

    [Fact]
    public void Warnings_of_a_job_are_heard_and_how_its_attempt_ended_is_not_said_twice()
    {
        var warnings = new JobWarnings();
        var heard = new List<string>();
        using var listening = warnings.Listen("run", (job, text) => heard.Add($"{job}: {text}"));
        using var log = JobLog.Open(_home, "run", "job", "hook", warnings.SinkFor("run", "job"));
        log.Logger.LogInformation("fine");
        log.Logger.LogWarning("odd");
        log.Logger.LogError("bad");
        AttemptLog.Failed(log.Logger, 1, "hook", "no data");
        AttemptLog.Broke(log.Logger, new InvalidOperationException(), 1, "hook");
        AttemptLog.Stopped(log.Logger, 1, "hook", Engine.Jobs.JobStopReason.Cancelled);
        heard.ShouldBe(["job: odd", "job: bad"]);
        Lines().Count(line => line.Contains("Attempt 1 of hook", StringComparison.Ordinal)).ShouldBe(3);
    }

    public void Dispose() => Directory.Delete(_home.Root, recursive: true);

    private string[] Lines() => File.ReadAllLines(_home.JobLog("run", "job"));
}
