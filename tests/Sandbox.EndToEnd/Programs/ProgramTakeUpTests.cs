using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Programs;

/// <summary>What a sandbox that comes back, or another one beside it, does with programs that run.</summary>
public sealed class ProgramTakeUpTests : IDisposable
{
    private const string WaitForGo = "echo $$ >> started; while [ ! -e go ]; do sleep 0.05; done";
    private readonly ProgramSite _programs = new();

    private Site Site => _programs.Site;

    public void Dispose() => _programs.Dispose();

    [Fact]
    public async Task The_deadline_of_an_attempt_does_not_start_again_when_it_is_taken_up()
    {
        _programs.Write("c", "echo $$ >> started; sleep 1000", "timeout: 1h");
        using var command = Site.Start("run", "c.yaml");
        var id = await command.RunIdAsync();
        var pid = await _programs.LineAsync("started");
        command.Terminate();
        (await command.EndAsync()).EndedWith(130);
        File.SetLastWriteTimeUtc(_programs.ProcessFile(id, "starting"), DateTime.UtcNow.AddHours(-2));

        var end = (await Site.RunAsync("resume", id)).EndedWith(1);

        (end.Output + end.Error).ShouldContain("took longer than its timeout");
        ProgramSite.IsAlive(pid).ShouldBeFalse();
        Site.ReadLines("started").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_program_that_ended_in_time_counts_though_it_is_found_late()
    {
        _programs.Write("c", WaitForGo, "timeout: 1h");
        using var command = Site.Start("run", "c.yaml");
        var id = await command.RunIdAsync();
        await _programs.LineAsync("started");
        command.Terminate();
        (await command.EndAsync()).EndedWith(130);
        Site.Write("go", string.Empty);
        var exit = Path.Combine(Path.GetDirectoryName(_programs.ProcessFile(id, "starting"))!, "exit.json");
        while (!File.Exists(exit))
        {
            await Task.Delay(50);
        }

        File.SetLastWriteTimeUtc(_programs.ProcessFile(id, "starting"), DateTime.UtcNow.AddHours(-2));
        (await Site.RunAsync("resume", id)).Succeeded();
    }

    [Fact]
    public async Task A_program_belongs_to_its_node_until_that_node_is_given_up()
    {
        _programs.Write("c", WaitForGo);
        Site.Set("SANDBOX_NODE", "first");
        using var command = Site.Start("run", "c.yaml");
        var id = await command.RunIdAsync();
        var pid = await _programs.LineAsync("started");
        command.Terminate();
        (await command.EndAsync()).EndedWith(130);

        Site.Set("SANDBOX_NODE", "second");
        (await Site.RunAsync("resume", id)).EndedWith(1).Error.ShouldContain("node \"first\"");
        ProgramSite.IsAlive(pid).ShouldBeTrue();

        Site.Write("go", string.Empty);
        (await Site.RunAsync("resume", id, "--take-over")).Succeeded();
        Site.ReadLines("started").ShouldBe([pid]);
    }

    [Fact]
    public async Task Two_sandboxes_share_one_GPU_and_a_killed_one_keeps_it_as_long_as_its_program_runs()
    {
        const string Use = "mkdir busy || touch clash; echo $CUDA_VISIBLE_DEVICES > gpu.{0}; echo $$ >> started.{0}; "
            + "while [ ! -e go.{0} ]; do sleep 0.05; done; rmdir busy; echo done";
        Site.Set("SANDBOX_RESOURCES", "gpus=1");
        _programs.Write("a", Use.Replace("{0}", "a", StringComparison.Ordinal), "resources: {gpus: 1}");
        _programs.Write("b", Use.Replace("{0}", "b", StringComparison.Ordinal), "resources: {gpus: 1}");
        using var first = Site.Start("run", "a.yaml");
        var id = await first.RunIdAsync();
        await _programs.LineAsync("started.a");
        using var second = Site.Start("run", "b.yaml", "--json");
        await second.LineAsync("waits for 1 gpus");
        ProgramSite.KillHard(first.ProcessId);
        await first.EndAsync();

        // It looks again and again, and does not find the slot free.
        await second.LineAsync("waits for 1 gpus");
        await second.LineAsync("waits for 1 gpus");
        File.Exists(Site["started.b"]).ShouldBeFalse();
        Site.Write("go.a", string.Empty);
        await _programs.LineAsync("started.b");
        Site.Write("go.b", string.Empty);
        (await second.EndAsync()).Succeeded();
        (await Site.RunAsync("resume", id)).Succeeded();

        File.Exists(Site["clash"]).ShouldBeFalse();
        new[] { Site.Read("gpu.a"), Site.Read("gpu.b") }.ShouldBe(["0\n", "0\n"]);
    }

    [Fact]
    public async Task Cancelled_while_its_program_starts_a_run_leaves_no_program()
    {
        _programs.Write("c", "echo $$ >> started; sleep 1000");
        foreach (var moment in (string[])["spec.json", "lock", "supervisor.json"])
        {
            using var command = Site.Start("run", "c.yaml");
            var id = await command.RunIdAsync();
            await SomethingWrittenAsync(id, moment);

            (await Site.RunAsync("cancel", id)).Succeeded();

            (await command.EndAsync()).EndedWith(130);
            (await Site.ShowAsync(id)).State.ShouldBe("cancelled");
        }

        (File.Exists(Site["started"]) ? Site.ReadLines("started") : []).Where(ProgramSite.IsAlive).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_GPUs_that_nvidia_smi_lists_are_found_and_the_doctor_counts_them()
    {
        Site.Write("stand-ins/nvidia-smi", """
            #!/bin/sh
            case "$1" in
            --list-gpus) printf 'GPU 0: NVIDIA A100 (UUID: GPU-1)\nGPU 1: NVIDIA A100 (UUID: GPU-2)\n' ;;
            *) printf 'NVIDIA A100, 40960, 550.1\nNVIDIA A100, 40960, 550.1\n' ;;
            esac

            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Site["stand-ins/nvidia-smi"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Site.Set("PATH", $"{Site["stand-ins"]}:{Environment.GetEnvironmentVariable("PATH")}");
        _programs.Write("two", "echo $CUDA_VISIBLE_DEVICES > gpus", "resources: {gpus: 2}");
        _programs.Write("three", "true", "resources: {gpus: 3, licences: 1}");

        (await Site.RunAsync("run", "two.yaml")).Succeeded();
        Site.Read("gpus").ShouldBe("0,1\n");
        (await Site.RunAsync("doctor", "two.yaml")).Succeeded().Output.ShouldContain("NVIDIA A100, NVIDIA A100");
        var doctor = (await Site.RunAsync("doctor", "three.yaml")).EndedWith(1).Output;
        doctor.ShouldContain("3 gpus");
        doctor.ShouldContain("1 licences");
        Site.Set("SANDBOX_RESOURCES", "gpus=3,licences=1");
        (await Site.RunAsync("doctor", "three.yaml")).Succeeded();
    }

    [Fact]
    public async Task Two_runs_of_one_config_at_once_do_not_meet_in_what_their_programs_write()
    {
        Site.Write("c.sh", "mkdir -p $1/out; echo $$ > $1/out/model.bin; echo pid=$$; touch ready.$$; while [ ! -e go ]; do sleep 0.05; done\n");
        Site.Write("c.yaml", """
            project_name: e2e
            experiment_name: twice
            work_dir: ./outputs
            execution_job_configs:
              - hook: TrainModelHook
                meta_name: train
                extra_configs:
                  type: command
                  command: [bash, c.sh, '{{ job.dir }}']
                  watch: [{pattern: 'pid=(?<pid>\d+)'}]
                  outputs: {model: {path: ./out/model.bin}, pid: {metric: pid}}
            """);
        using var first = Site.Start("run", "c.yaml");
        using var second = Site.Start("run", "c.yaml");
        while (Directory.GetFiles(Site.Root, "ready.*").Length < 2)
        {
            await Task.Delay(50);
        }

        Site.Write("go", string.Empty);
        (await first.EndAsync()).Succeeded();
        (await second.EndAsync()).Succeeded();

        foreach (var run in await Site.RunsAsync())
        {
            var job = run.Job("train");
            var copy = await File.ReadAllTextAsync(Site.Copy(run.Id, job, "out/model.bin"));
            copy.Trim().ShouldBe(((long)job["outputs"]!["pid"]!.GetValue<double>()).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private async Task SomethingWrittenAsync(string run, string name)
    {
        var jobs = Directory.CreateDirectory(Path.Combine(Site.Home, "runs", run)).FullName;
        while (Directory.GetFiles(jobs, name, SearchOption.AllDirectories).Length == 0)
        {
            await Task.Delay(5);
        }
    }
}
