using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Programs;

/// <summary>Another start from scratch of a job that is a program.</summary>
public sealed class ProgramControlTests : IDisposable
{
    private readonly ProgramSite _programs = new();

    private Site Site => _programs.Site;

    public void Dispose() => _programs.Dispose();

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
