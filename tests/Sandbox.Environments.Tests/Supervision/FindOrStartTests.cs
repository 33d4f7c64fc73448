using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Environments.Supervision;

namespace Sandbox.Environments.Tests.Supervision;

/// <summary>A process is started once, whoever asks and whoever dies.</summary>
public sealed class FindOrStartTests : IAsyncLifetime
{
    private const string CountAndWait = "echo $$ >> started; while [ ! -e go ]; do sleep 0.05; done; exit 4";
    private readonly Stand _stand = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    [Fact]
    public async Task Asked_for_again_by_another_it_is_the_same_process()
    {
        var first = await _stand.StartAsync(CountAndWait);
        await _stand.LineAsync("started");
        await using var other = new ProcessSupervision(TimeProvider.System);

        var second = await other.FindOrStartAsync(_stand.NewDirectory("p"), _stand.Shell("echo never"), _stand.Token);

        second.Supervisor.ShouldBe(first.Supervisor);
        await ReleaseAsync();
        (await _stand.EndOfAsync(second)).ExitCode.ShouldBe(4);
        Starts().Length.ShouldBe(1);
    }

    [Fact]
    public async Task Asked_for_by_many_at_once_it_is_started_once()
    {
        var directory = _stand.NewDirectory("p");
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            () => _stand.Supervision.FindOrStartAsync(directory, _stand.Shell(CountAndWait), _stand.Token))));

        all.Select(p => p.Supervisor!.Pid).Distinct().Count().ShouldBe(1);
        await ReleaseAsync();
        (await _stand.EndOfAsync(all[0])).ExitCode.ShouldBe(4);
        Starts().Length.ShouldBe(1);
    }

    [Fact]
    public async Task Its_end_is_known_though_nobody_watched()
    {
        var process = await _stand.StartAsync("echo a line; " + CountAndWait);
        await ReleaseAsync();
        while (!File.Exists(Path.Combine(process.Directory, "exit.json")))
        {
            await Task.Delay(50, _stand.Token);
        }

        var found = await _stand.Supervision.FindOrStartAsync(_stand.NewDirectory("p"), _stand.Shell("echo never"), _stand.Token);

        found.Exit!.ExitCode.ShouldBe(4);
        (await _stand.OutputAsync(found, "stdout")).ShouldBe("a line\n");
    }

    [Fact]
    public async Task After_a_reboot_it_is_lost_and_not_started_again()
    {
        var process = await _stand.StartAsync(CountAndWait);
        await _stand.LineAsync("started");
        await AgeAsync(process, "bootId", "another boot");

        var found = await _stand.Supervision.FindOrStartAsync(_stand.NewDirectory("p"), _stand.Shell("echo never"), _stand.Token);

        // Its supervisor holds the lock on this very machine, so it is not given up.
        found.Exit.ShouldBeNull();
        KillHard(process.Supervisor!.Pid);
        while (found.Exit is null)
        {
            await found.WaitAsync(_stand.Token);
        }

        found.Exit.Reason.ShouldBe(ExitReason.Lost);
        ExitExplanation.Of(found.Exit, found.Spec.Limits).ShouldContain("reboot");
        Starts().Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_process_id_that_passed_to_a_stranger_is_recognised_and_the_stranger_left_alone()
    {
        var process = await _stand.StartAsync(CountAndWait);
        await _stand.LineAsync("started");
        KillHard(process.Supervisor!.Pid);
        using var stranger = Process.Start("sleep", "1000");
        await AgeAsync(process, "pid", stranger.Id);

        var found = await _stand.Supervision.FindOrStartAsync(_stand.NewDirectory("p"), _stand.Shell("echo never"), _stand.Token);

        while (found.Exit is null)
        {
            await found.WaitAsync(_stand.Token);
        }

        found.Exit.Reason.ShouldBe(ExitReason.Lost);
        stranger.HasExited.ShouldBeFalse();
        stranger.Kill();
    }

    [Fact]
    public async Task Of_a_process_whose_supervisor_was_killed_nothing_is_left()
    {
        var process = await _stand.StartAsync("setsid sleep 1000 & echo $! > child; " + CountAndWait);
        var (child, program) = (await _stand.LineAsync("child"), await _stand.LineAsync("started"));
        KillHard(process.Supervisor!.Pid);

        while (process.Exit is null)
        {
            await process.WaitAsync(_stand.Token);
        }

        process.Exit.Reason.ShouldBe(ExitReason.Lost);
        new[] { child, program }.Count(Stand.IsAlive).ShouldBe(0);
    }

    [Fact]
    public async Task A_supervisor_that_died_before_it_started_anything_is_replaced()
    {
        var process = await _stand.StartAsync("true");
        await _stand.EndOfAsync(process);
        Array.ForEach(["exit.json", "starting", "program.json"], f => File.Delete(Path.Combine(process.Directory, f)));

        var again = await _stand.Supervision.FindOrStartAsync(_stand.NewDirectory("p"), _stand.Shell("echo never"), _stand.Token);

        (await _stand.EndOfAsync(again)).IsSuccess.ShouldBeTrue();
        again.Supervisor.ShouldNotBe(process.Supervisor);
    }

    [Fact]
    public async Task Ended_before_it_was_started_it_never_is()
    {
        var directory = Directory.CreateDirectory(_stand.NewDirectory("p")).FullName;
        await _stand.Supervision.EndAsync(directory, _stand.Token);

        File.Exists(Path.Combine(directory, "exit.json")).ShouldBeTrue();
        Starts().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_supervisor_leaves_session_and_terminal_and_takes_little_memory()
    {
        var process = await _stand.StartAsync(CountAndWait);
        await _stand.LineAsync("started");
        var pid = process.Supervisor!.Pid;

        var stat = await File.ReadAllTextAsync(FormattableString.Invariant($"/proc/{pid}/stat"));
        var session = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3];
        session.ShouldBe(pid.ToString(CultureInfo.InvariantCulture));
        var privateKilobytes = (await File.ReadAllLinesAsync(FormattableString.Invariant($"/proc/{pid}/smaps_rollup")))
            .Where(l => l.StartsWith("Private_", StringComparison.Ordinal))
            .Sum(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
        privateKilobytes.ShouldBeLessThan(25 << 10);
    }

    private string[] Starts()
    {
        var path = Path.Combine(_stand.Root, "started");
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private Task ReleaseAsync() => File.WriteAllTextAsync(Path.Combine(_stand.Root, "go"), string.Empty);

    private static async Task AgeAsync(SupervisedProcess process, string key, JsonNode value)
    {
        var path = Path.Combine(process.Directory, "supervisor.json");
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
        json[key] = value;
        await File.WriteAllTextAsync(path, json.ToJsonString());
    }

    private static void KillHard(int pid) => Process.GetProcessById(pid).Kill();
}
