using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Programs;

/// <summary>Pause, and another start from scratch, of jobs that are programs.</summary>
public sealed class ProgramControlTests : IDisposable
{
    private readonly ProgramSite _programs = new();

    private Site Site => _programs.Site;

    public void Dispose() => _programs.Dispose();

    [Fact]
    public async Task A_pause_lets_the_program_end_and_starts_no_other()
    {
        _programs.Write("c", "echo $$ >> started; while [ ! -e go ]; do sleep 0.05; done");
        Site.Write("c.yaml", Site.Read("c.yaml") + """

            evaluation_job_configs:
              - hook: EvaluateModelHook
                meta_name: use
                extra_configs: {type: command, command: [touch, used]}
            """);
        using var command = Site.Start("run", "c.yaml");
        var id = await command.RunIdAsync();
        await _programs.LineAsync("started");

        (await Site.RunAsync("pause", id)).Succeeded();
        Site.Write("go", string.Empty);
        (await command.EndAsync()).EndedWith(130);

        var run = await Site.ShowAsync(id);
        (run.State, string.Join(' ', run.States)).ShouldBe(("paused", "train=finished use=pending"));
        File.Exists(Site["used"]).ShouldBeFalse();
        (await Site.RunAsync("resume", id)).Succeeded();
        File.Exists(Site["used"]).ShouldBeTrue();
        Site.ReadLines("started").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Tried_again_from_scratch_a_program_starts_anew_in_a_directory_of_its_own()
    {
        _programs.Write("c", "echo $$ >> started; echo attempt $(wc -l < started); [ -e go ]");
        (await Site.RunAsync("run", "c.yaml")).EndedWith(1);
        Site.Write("go", string.Empty);

        (await Site.RunAsync("retry", "last", "train", "--from-scratch")).Succeeded();

        var run = await Site.NewestAsync();
        run.Job("train")["attempt"]!.GetValue<int>().ShouldBe(2);
        Site.ReadLines("started").Distinct().Count().ShouldBe(2);
        var logs = Directory.GetFiles(Path.Combine(Site.Home, "runs", run.Id), "stdout.*.log", SearchOption.AllDirectories);
        logs.Select(File.ReadAllText).ShouldBe(["attempt 1\n", "attempt 2\n"], ignoreOrder: true);
    }
}
