namespace Sandbox.EndToEnd.Programs;

/// <summary>What people see of a program: its own output, and why it failed.</summary>
public sealed class ProgramLogTests : IDisposable
{
    private readonly ProgramSite _programs = new();

    public void Dispose() => _programs.Dispose();

    [Fact]
    public async Task Logs_of_a_job_show_what_its_program_prints_while_it_runs_and_afterwards()
    {
        _programs.Write("c", "echo hello; echo $$ > started; while [ ! -e go ]; do sleep 0.05; done; printf 'and two' >&2");
        using var command = _programs.Site.Start("run", "c.yaml");
        var id = await command.RunIdAsync();
        await _programs.LineAsync("started");
        using var follow = _programs.Site.Start("logs", id, "train", "-f");
        await follow.LineAsync("stdout | hello");
        _programs.Site.Write("go", string.Empty);

        (await command.EndAsync()).Succeeded();

        (await follow.EndAsync()).Succeeded().Output.ShouldContain("stderr | and two");
        var json = (await _programs.Site.RunAsync("logs", "last", "train", "--json")).Succeeded().Output;
        json.ShouldContain("""
            "stream":"stdout","line":"hello"
            """);
    }

    [Fact]
    public async Task Cause_and_remedy_stand_beside_the_failed_job_in_show_and_in_the_report()
    {
        _programs.Write("c", """echo "ModuleNotFoundError: No module named 'flash_attn'" >&2; exit 1""");
        (await _programs.Site.RunAsync("run", "c.yaml")).EndedWith(1);

        var run = await _programs.Site.NewestAsync();
        string[] places =
        [
            (await _programs.Site.RunAsync("show", run.Id)).Succeeded().Output,
            run.Job("train")["failure"]!.ToString(),
            System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync(Path.Combine(_programs.Site.Home, "runs", run.Id, "report.html"))),
        ];

        foreach (var text in places)
        {
            text.ShouldContain("The module flash_attn is missing");
            text.ShouldContain("What to do:");
        }
    }
}
