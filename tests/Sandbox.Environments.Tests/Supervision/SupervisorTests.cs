using Sandbox.Environments.Supervision;

namespace Sandbox.Environments.Tests.Supervision;

/// <summary>Real programs under a real supervisor.</summary>
public sealed class SupervisorTests : IAsyncLifetime
{
    private readonly Stand _stand = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task Streams_are_kept_apart_and_the_exit_code_is_written_down()
    {
        var process = await _stand.StartAsync("for i in 1 2 3; do echo out $i; echo err $i >&2; done; exit 7");

        var exit = await _stand.EndOfAsync(process);

        (exit.Reason, exit.ExitCode, exit.Signal, exit.IsSuccess).ShouldBe((ExitReason.Ended, 7, null, false));
        (await _stand.OutputAsync(process, "stdout")).ShouldBe("out 1\nout 2\nout 3\n");
        (await _stand.OutputAsync(process, "stderr")).ShouldBe("err 1\nerr 2\nerr 3\n");
    }

    [Fact]
    public async Task Arguments_variables_and_paths_reach_the_program_as_they_are()
    {
        string[] nasty = ["a b", "", "it's", "\"x\"", "$(touch injected)", "`touch injected`", "; touch injected", "-rf", "--", "new\nline", "$HOME", "*", "ü€"];
        var directory = Directory.CreateDirectory(Path.Combine(_stand.Root, "dir $(touch injected); '\"\n -x")).FullName;
        var process = await _stand.Supervision.FindOrStartAsync(
            _stand.NewDirectory("-rf $(touch injected)"),
            new ProcessSpec
            {
                Command = ["bash", "-c", "printf '[%s]' \"$@\"; printf '<%s>' \"$VALUE\"; pwd", "name", .. nasty],
                WorkingDirectory = directory,
                Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["VALUE"] = "$(touch injected)\n`id`;'\"" },
            },
            _stand.Token);

        (await _stand.EndOfAsync(process)).IsSuccess.ShouldBeTrue();
        (await _stand.OutputAsync(process, "stdout")).ShouldBe(
            string.Concat(nasty.Select(n => $"[{n}]")) + "<$(touch injected)\n`id`;'\">" + directory + "\n");
        Directory.EnumerateFiles(_stand.Root, "injected", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no-such-program-here", "there is no program")]
    [InlineData("./no-such-file", "No such file")]
    [InlineData("/etc/passwd", "Permission denied")]
    public async Task A_program_that_cannot_be_started_says_why(string program, string why)
    {
        var spec = new ProcessSpec { Command = [program], WorkingDirectory = _stand.Root };
        var process = await _stand.Supervision.FindOrStartAsync(_stand.NewDirectory("p"), spec, _stand.Token);

        var exit = await _stand.EndOfAsync(process);

        exit.Reason.ShouldBe(ExitReason.NotStarted);
        exit.Message!.ShouldContain(why);
        ExitExplanation.Of(exit, spec.Limits).ShouldContain("could not be started");
    }

    [Fact]
    public async Task A_program_that_dies_at_once_by_a_signal_is_explained()
    {
        var exit = await _stand.RunAsync("kill -9 $$");

        (exit.Signal, exit.ExitCode).ShouldBe((9, null));
        ExitExplanation.Of(exit, new ProcessLimits()).ShouldBe("killed by signal 9 (KILL), probably out of memory");
    }

    [Fact]
    public async Task Cancel_ends_a_program_that_ignores_the_friendly_signal_with_all_that_it_started()
    {
        await _stand.StartAsync(
            "trap '' TERM; (trap '' TERM; setsid bash -c 'echo $$ > far; sleep 1000; sleep 1000' &) ; echo $$ > near; sleep 1000; sleep 1000",
            new ProcessLimits { Grace = TimeSpan.FromSeconds(1) });
        var (near, far) = (await _stand.LineAsync("near"), await _stand.LineAsync("far"));

        var exit = await _stand.Supervision.EndAsync(_stand.NewDirectory("p"), _stand.Token);

        (exit.Reason, exit.Signal).ShouldBe((ExitReason.Cancelled, 9));
        new[] { near, far }.Count(Stand.IsAlive).ShouldBe(0);
    }

    [Fact]
    public async Task A_program_that_heeds_the_friendly_signal_ends_with_its_own_exit_code()
    {
        await _stand.StartAsync("trap 'echo saved; exit 5' TERM; echo $$ > ready; while true; do sleep 0.1; done");
        await _stand.LineAsync("ready");

        var exit = await _stand.Supervision.EndAsync(_stand.NewDirectory("p"), _stand.Token);

        (exit.Reason, exit.ExitCode).ShouldBe((ExitReason.Cancelled, 5));
    }

    [Fact]
    public async Task What_a_program_leaves_behind_is_ended_after_it()
    {
        var exit = await _stand.RunAsync(
            "setsid bash -c 'echo $$ > left; sleep 1000' & disown; while [ ! -s left ]; do sleep 0.05; done; echo done",
            new ProcessLimits { Grace = TimeSpan.FromSeconds(2) });

        exit.IsSuccess.ShouldBeTrue();
        exit.Leftovers.ShouldBeGreaterThan(0);
        Stand.IsAlive(await _stand.LineAsync("left")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_that_closes_its_output_and_lives_on_is_waited_for()
    {
        var process = await _stand.StartAsync("echo before; exec >&- 2>&-; while [ ! -e go ]; do sleep 0.05; done; exit 3");
        while (await _stand.OutputAsync(process, "stdout") != "before\n")
        {
            await process.WaitAsync(_stand.Token);
        }

        process.Exit.ShouldBeNull();
        await File.WriteAllTextAsync(Path.Combine(_stand.Root, "go"), string.Empty);

        (await _stand.EndOfAsync(process)).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Much_output_goes_to_several_files_and_is_read_whole()
    {
        var process = await _stand.StartAsync("seq 1 2000000; echo end >&2", new ProcessLimits { SegmentBytes = 1 << 20 });

        (await _stand.EndOfAsync(process)).IsSuccess.ShouldBeTrue();
        Directory.GetFiles(process.Directory, "stdout.*.log").Length.ShouldBeGreaterThan(10);
        var text = await _stand.OutputAsync(process, "stdout");
        text.ShouldBe(string.Concat(Enumerable.Range(1, 2000000).Select(i => FormattableString.Invariant($"{i}\n"))));
        (await _stand.OutputAsync(process, "stdout", from: 5_000_001)).ShouldBe(text[5_000_001..]);

        // What was read goes; first and last files stay, and offsets mean what they meant.
        process.Read("stdout", 0).Forget(text.Length);
        Directory.GetFiles(process.Directory, "stdout.*.log").Length.ShouldBeLessThan(10);
        (await _stand.OutputAsync(process, "stdout", from: text.Length - 1000)).ShouldBe(text[^1000..]);
    }

    [Fact]
    public async Task Limits_end_a_program()
    {
        var late = await _stand.RunAsync("sleep 1000", new ProcessLimits { Timeout = TimeSpan.FromSeconds(1) }, "late");
        var silent = await _stand.RunAsync("echo x; sleep 1000", new ProcessLimits { Silence = TimeSpan.FromSeconds(1) }, "silent");

        // A command after sleep: bash would become the last one and give its memory back before anybody weighs it.
        var big = await _stand.RunAsync(
            "(x=$(head -c 60000000 /dev/zero | tr '\\0' x); sleep 1000; echo ${#x}); true",
            new ProcessLimits { MemoryBytes = 40_000_000 },
            "big");

        new[] { late.Reason, silent.Reason, big.Reason }.ShouldBe([ExitReason.TimedOut, ExitReason.Silent, ExitReason.OutOfMemory]);
    }
}
