using System.Diagnostics;
using System.Globalization;
using Sandbox.Environments.Supervision;

namespace Sandbox.Environments.Tests.Supervision;

/// <summary>A supervisor that hangs, a program that is ended while it starts, and one that prints a gigabyte.</summary>
public sealed class HardCaseTests : IAsyncLifetime
{
    private readonly Stand _stand = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task A_supervisor_that_hangs_is_ended_with_its_program()
    {
        var process = await _stand.StartAsync("echo $$ > ready; sleep 1000; sleep 1000", new ProcessLimits { Grace = TimeSpan.FromSeconds(1) });
        var program = await _stand.LineAsync("ready");
        var supervisor = process.Supervisor!.Pid.ToString(CultureInfo.InvariantCulture);
        using (var stop = Process.Start("kill", ["-STOP", supervisor]))
        {
            await stop.WaitForExitAsync(_stand.Token);
        }

        await using var impatient = new ProcessSupervision(new HurriedTime());
        var exit = await impatient.EndAsync(_stand.NewDirectory("p"), _stand.Token);

        exit.Reason.ShouldBe(ExitReason.Lost);
        new[] { supervisor, program }.Count(Stand.IsAlive).ShouldBe(0);
    }

    [Fact]
    public async Task Ended_at_any_moment_of_its_start_a_program_does_not_live_on()
    {
        var moments = new Random(20261125);
        for (var round = 0; round < 6; round++)
        {
            var name = FormattableString.Invariant($"p{round}");
            var directory = _stand.NewDirectory(name);
            var start = _stand.Supervision.FindOrStartAsync(directory, _stand.Shell($"echo $$ > {name}.started; sleep 1000; sleep 1000"), _stand.Token);
            await Task.Delay(moments.Next(0, 250), _stand.Token);

            var exit = await _stand.Supervision.EndAsync(directory, _stand.Token);

            exit.Reason.ShouldBe(ExitReason.Cancelled);
            (await start).Exit.ShouldNotBeNull();
        }

        Directory.GetFiles(_stand.Root, "*.started").Select(File.ReadAllText).Where(pid => Stand.IsAlive(pid.Trim())).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_program_that_prints_a_gigabyte_is_read_whole_and_leaves_little_on_the_disk()
    {
        const long Gigabyte = 1_000_000_000;
        const string Line = "a line as long as the lines of most logs are, of which nobody learns anything at all, but it is printed";
        var process = await _stand.StartAsync($"yes '{Line}' | head -c {Gigabyte}");
        var (reader, lines, bytes) = (process.Read("stdout", 0), 0L, 0L);
        while (true)
        {
            var ended = process.Exit is not null;
            while (await reader.NextAsync(_stand.Token) is { Length: > 0 } chunk)
            {
                (lines, bytes) = (lines + chunk.Span.Count((byte)'\n'), bytes + chunk.Length);
            }

            reader.Forget(reader.Offset);
            if (ended)
            {
                break;
            }

            await process.WaitAsync(_stand.Token);
        }

        (bytes, lines).ShouldBe((Gigabyte, Gigabyte / (Line.Length + 1)));
        Directory.GetFiles(process.Directory, "stdout.*.log").Length.ShouldBeLessThan(7);

        // Whoever reads from the start is told what is gone, and gets the rest.
        var late = OutputReader.Of(process.Directory, "stdout");
        var read = 0L;
        do
        {
            while (await late.NextAsync(_stand.Token) is { Length: > 0 } chunk)
            {
                read += chunk.Length;
            }
        }
        while (late.SkipForgotten() > 0);
        late.Offset.ShouldBe(Gigabyte);
        read.ShouldBeInRange(1, Gigabyte - 1);
    }
}
