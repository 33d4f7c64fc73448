using System.Diagnostics;
using System.Text.Json.Nodes;
using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Programs;

/// <summary>Jobs that are programs, through interruption, cancel, retry and the sandbox's absence.</summary>
public sealed class ProgramRunTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ctrl_C_and_TERM_leave_the_program_running_and_resume_follows_it_to_its_end(bool byKeyboard)
    {
        Write("echo $$ >> started; echo step 1 loss 0.5; while [ ! -e go ]; do sleep 0.05; done; echo step 2 loss 0.25");
        using var command = _site.Start("run", "c.yaml");
        var id = await command.RunIdAsync();
        var pid = await LineAsync("started");

        (byKeyboard ? (Action)command.Interrupt : command.Terminate)();
        var end = (await command.EndAsync()).EndedWith(130);

        end.Output.ShouldContain($"sandbox resume {id}");
        end.Output.ShouldContain($"sandbox cancel {id}");
        IsAlive(pid).ShouldBeTrue();
        using var resumed = _site.Start("resume", id);
        await resumed.LineAsync("started");
        _site.Write("go", string.Empty);
        (await resumed.EndAsync()).Succeeded();
        _site.ReadLines("started").ShouldBe([pid]);
        var train = (await _site.ShowAsync(id)).Job("train");
        train["outputs"]!["loss"]!.GetValue<double>().ShouldBe(0.25);
    }

    [Fact]
    public async Task A_program_that_ended_while_the_sandbox_was_away_counts_and_the_run_goes_on()
    {
        Write("echo $$ >> started; while [ ! -e go ]; do sleep 0.05; done; echo step 9 loss 0.125; echo $$ >> ended");
        using var command = _site.Start("run", "c.yaml");
        var id = await command.RunIdAsync();
        await LineAsync("started");
        command.Terminate();
        (await command.EndAsync()).EndedWith(130);
        _site.Write("go", string.Empty);
        await LineAsync("ended");

        (await _site.RunAsync("resume", id)).Succeeded();

        _site.ReadLines("started").Length.ShouldBe(1);
        var run = await _site.ShowAsync(id);
        run.Job("train")["outputs"]!["loss"]!.GetValue<double>().ShouldBe(0.125);
        run.Job("use")["outputs"]!["said"]!.ToString().ShouldBe("said");
        _site.Read("said").ShouldBe("0.125");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_ends_the_program_whether_somebody_works_the_run_or_not(bool isWorked)
    {
        Write("trap '' TERM; echo $$ >> started; sleep 1000 & wait; sleep 1000", more: "grace: 500ms");
        using var command = _site.Start("run", "c.yaml");
        var id = await command.RunIdAsync();
        var pid = await LineAsync("started");
        if (!isWorked)
        {
            command.Terminate();
            (await command.EndAsync()).EndedWith(130);
            IsAlive(pid).ShouldBeTrue();
        }

        (await _site.RunAsync("cancel", id)).Succeeded();

        if (isWorked)
        {
            (await command.EndAsync()).EndedWith(130);
        }

        IsAlive(pid).ShouldBeFalse();
        (await _site.ShowAsync(id)).State.ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_failed_attempt_is_explained_and_the_next_one_has_a_directory_of_its_own()
    {
        Write(
            "echo $$ >> started; echo attempt in {{ job.dir }} >&2; if [ $(wc -l < started) -lt 2 ]; then kill -9 $$; fi; echo step 1 loss 2",
            job: "retry: {max_attempts: 2, backoff: 1ms}");

        var end = (await _site.RunAsync("run", "c.yaml")).Succeeded();

        end.Output.ShouldContain("killed by signal 9 (KILL), probably out of memory");
        var run = await _site.NewestAsync();
        var job = run.Job("train");
        job["attempt"]!.GetValue<int>().ShouldBe(2);
        foreach (var attempt in new[] { "1", "2" })
        {
            var log = Path.Combine(_site.Home, "runs", run.Id, "jobs", job["id"]!.ToString(), $"{attempt}.programs", "processes", "command", "stderr.0000000000000000.log");
            (await File.ReadAllTextAsync(log)).ShouldContain(Path.Combine(job["id"]!.ToString(), $"{attempt}.programs"));
        }
    }

    [Fact]
    public async Task A_timeout_ends_the_program_with_all_that_it_started()
    {
        Write("echo $$ >> started; setsid sleep 1000 & echo $! >> child; sleep 1000", job: "timeout: 3s");

        var end = (await _site.RunAsync("run", "c.yaml")).EndedWith(1);

        (end.Output + end.Error).ShouldContain("timeout");
        IsAlive(await LineAsync("started")).ShouldBeFalse();
        IsAlive(await LineAsync("child")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task After_a_reboot_the_job_is_lost_and_its_retry_policy_decides(int attempts)
    {
        Write(
            "echo $$ >> started; if [ $(wc -l < started) -lt 2 ]; then sleep 1000; fi; echo step 1 loss 4",
            job: $"retry: {{max_attempts: {attempts}, backoff: 1ms}}");
        _site.Set("SANDBOX_BOOT_ID", "first boot");
        using var command = _site.Start("run", "c.yaml");
        var id = await command.RunIdAsync();
        var pid = await LineAsync("started");
        command.Terminate();
        (await command.EndAsync()).EndedWith(130);
        var files = Directory.GetFiles(_site["home/runs"], "supervisor.json", SearchOption.AllDirectories);
        Process.GetProcessById((int)JsonNode.Parse(await File.ReadAllTextAsync(files[0]))!["pid"]!).Kill();

        _site.Set("SANDBOX_BOOT_ID", "second boot");
        var resumed = (await _site.RunAsync("resume", id)).EndedWith(attempts > 1 ? 0 : 1);

        resumed.Output.ShouldContain("reboot");
        IsAlive(pid).ShouldBeFalse();
        _site.ReadLines("started").Length.ShouldBe(attempts);
    }

    [Fact]
    public async Task A_program_is_told_which_GPU_it_was_given()
    {
        _site.Set("SANDBOX_RESOURCES", "gpus=2");
        Write(
            """
            echo "$CUDA_VISIBLE_DEVICES" > gpu.$$; while [ ! -e go ]; do sleep 0.05; done; echo step 1 loss 1
            """,
            job: "resources: {gpus: 1}");

        using var command = _site.Start("run", "c.yaml");
        while (Directory.GetFiles(_site.Root, "gpu.*").Length == 0)
        {
            await Task.Delay(50);
        }

        _site.Write("go", string.Empty);
        (await command.EndAsync()).Succeeded();
        Directory.GetFiles(_site.Root, "gpu.*").Select(File.ReadAllText).ShouldBe(["0\n"]);
    }

    [Fact]
    public async Task A_machine_without_so_many_gpus_says_so()
    {
        _site.Set("SANDBOX_RESOURCES", "gpus=1");
        Write("true", job: "resources: {gpus: 2}");

        var end = (await _site.RunAsync("run", "c.yaml")).EndedWith(1);

        (end.Output + end.Error).ShouldContain("this machine has 1");
    }

    private void Write(string script, string job = "", string more = "")
    {
        _site.Write("job.sh", script.ReplaceLineEndings("\n") + "\n");
        _site.Write("c.yaml", $$$"""
            project_name: e2e
            experiment_name: programs
            work_dir: ./outputs
            execution_job_configs:
              - hook: TrainModelHook
                meta_name: train
                {{{job}}}
                extra_configs:
                  type: command
                  command: [bash, -c, {{{Quoted(script)}}}]
                  {{{more}}}
                  watch: [{pattern: 'step (?<step>\d+) loss (?<loss>[.\d]+)'}]
                  outputs: {{{(script.Contains("loss", StringComparison.Ordinal) ? "{loss: {metric: loss}}" : "{}")}}}
            evaluation_job_configs:
              - hook: EvaluateModelHook
                meta_name: use
                extra_configs:
                  type: command
                  command: [sh, -c, 'printf "%s" "$1" > "$2"/said', name, {{{(script.Contains("loss", StringComparison.Ordinal) ? "'{{ train.loss }}'" : "x")}}}, '{{ job.dir }}']
                  outputs: {said: {path: said}}
            """);
    }

    private static string Quoted(string script) => "'" + script.ReplaceLineEndings(" ").Replace("'", "''", StringComparison.Ordinal) + "'";

    private async Task<string> LineAsync(string name)
    {
        while (!File.Exists(_site[name]) || !_site.Read(name).Contains('\n', StringComparison.Ordinal))
        {
            await Task.Delay(50);
        }

        return _site.ReadLines(name)[0];
    }

    private static bool IsAlive(string pid) => Directory.Exists(Path.Combine("/proc", pid))
        && !File.ReadAllText(Path.Combine("/proc", pid, "stat")).Contains(") Z ", StringComparison.Ordinal);
}
