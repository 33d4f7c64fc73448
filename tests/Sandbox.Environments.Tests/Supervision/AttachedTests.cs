using Sandbox.Environments.Supervision;

namespace Sandbox.Environments.Tests.Supervision;

/// <summary>What systems without supervisors have.</summary>
public sealed class AttachedTests : IAsyncLifetime
{
    private readonly Stand _stand = new() { Supervision = new ProcessSupervision(TimeProvider.System, isAttached: true) };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task An_attached_process_keeps_streams_apart_and_tells_its_exit()
    {
        var process = await _stand.StartAsync("echo out; echo err >&2; exit 7");

        var exit = await _stand.EndOfAsync(process);

        (exit.Reason, exit.ExitCode).ShouldBe((ExitReason.Ended, 7));
        (await _stand.OutputAsync(process, "stdout"), await _stand.OutputAsync(process, "stderr")).ShouldBe(("out\n", "err\n"));
    }

    [Fact]
    public async Task An_attached_process_is_cancelled_and_limited()
    {
        await _stand.StartAsync("echo $$ > pid; sleep 1000");
        await _stand.LineAsync("pid");
        (await _stand.Supervision.EndAsync(_stand.NewDirectory("p"), _stand.Token)).Reason.ShouldBe(ExitReason.Cancelled);

        var late = await _stand.RunAsync("sleep 1000", new ProcessLimits { Timeout = TimeSpan.FromMilliseconds(100) }, "late");
        late.Reason.ShouldBe(ExitReason.TimedOut);
    }

    [Fact]
    public async Task One_whose_sandbox_died_is_lost()
    {
        var process = await _stand.StartAsync("echo $$ > pid; sleep 1000");
        await _stand.LineAsync("pid");
        await using var next = new ProcessSupervision(TimeProvider.System, isAttached: true);

        var found = await next.FindOrStartAsync(_stand.NewDirectory("p"), _stand.Shell("echo never"), _stand.Token);

        found.Exit!.Reason.ShouldBe(ExitReason.Lost);
        await File.WriteAllTextAsync(Path.Combine(process.Directory, "cancel"), string.Empty);
    }
}
