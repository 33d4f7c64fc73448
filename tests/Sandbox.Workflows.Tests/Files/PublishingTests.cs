using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Workflows.Runs;
using Sandbox.Workflows.Tests.Runs;

namespace Sandbox.Workflows.Tests.Files;

public class PublishingTests
{
    [Fact]
    public async Task An_edit_of_a_published_file_does_not_reach_the_runs_own_copy()
    {
        await using var site = new RunSite();
        site.Hook.Script("write", context => Written(context, "out/x.txt", "first"));
        string? seen = null;
        site.Hook.Script("read", context =>
        {
            site.Read("out/x.txt").ShouldBe("first");
            using (var edit = new FileStream(site.PathOf("out/x.txt"), FileMode.Open))
            {
                edit.Write("FIRST"u8);
            }

            seen = File.ReadAllText(context.Files.ResolveRead("out/x.txt"));
            return HookResult.None;
        });
        (await site.RunAsync(Yaml.Of("write", "read"))).State.ShouldBe(RunStates.Finished);
        (seen, site.Read("out/x.txt")).ShouldBe(("first", "FIRST"));
    }

    [Theory]
    [InlineData("write")]
    [InlineData("write,after")]
    public async Task A_target_that_is_a_directory_is_told_and_the_run_can_be_resumed(string jobs)
    {
        await using var site = new RunSite();
        Directory.CreateDirectory(site.PathOf("out/x.txt"));
        site.Hook.Script("write", context => Written(context, "out/x.txt", "result"));
        var start = await site.StartAsync(Yaml.Of(jobs.Split(',')));
        var told = await Should.ThrowAsync<JobFailedException>(() => site.WorkAsync(start.RunId));
        told.Message.ShouldContain(site.PathOf("out/x.txt"));
        Directory.GetFileSystemEntries(site.PathOf("out"), "*.tmp").ShouldBeEmpty();
        (await site.Get<RunCleaning>().CleanAsync(TimeSpan.Zero, dryRun: false, default)).ShouldBeEmpty();

        Directory.Delete(site.PathOf("out/x.txt"));
        await site.RestartAsync();
        (await site.WorkAsync(start.RunId)).State.ShouldBe(RunStates.Finished);
        site.Read("out/x.txt").ShouldBe("result");
        site.Hook.Calls.ShouldBe(jobs.Split(','));
    }

    [Fact]
    public async Task What_never_came_to_exist_is_no_artifact_and_links_in_a_directory_are_followed_to_files_only()
    {
        await using var site = new RunSite();
        site.Hook.Script("write", context =>
        {
            context.Files.ResolveWrite("out/never.txt");
            var model = Directory.CreateDirectory(context.Files.ResolveWrite("out/model")).FullName;
            File.WriteAllText(Path.Combine(model, "weights-1"), "w");
            File.CreateSymbolicLink(Path.Combine(model, "latest"), "weights-1");
            Directory.CreateSymbolicLink(Path.Combine(model, "circle"), ".");
            File.WriteAllText(context.Files.ResolveWrite("out/model/extra"), "e");
            return HookResult.None;
        });
        var end = await site.RunAsync(Yaml.Of("write"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        File.Exists(site.PathOf("out/never.txt")).ShouldBeFalse();
        Directory.GetFileSystemEntries(site.PathOf("out/model")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["extra", "latest", "weights-1"]);
        site.Read("out/model/latest").ShouldBe("w");
    }

    [Fact]
    public async Task Two_runs_that_publish_one_path_keep_their_own_copies()
    {
        await using var site = new RunSite();
        var turn = 0;
        site.Hook.Script("write", context => Written(context, "out/x.txt", $"run {++turn}"));
        var seen = new List<string>();
        site.Hook.Script("read", context =>
        {
            seen.Add(File.ReadAllText(context.Files.ResolveRead("out/x.txt")));
            return HookResult.None;
        });
        RunEnd? inner = null;
        site.Hook.Script("between", async (_, _) =>
        {
            inner ??= await site.RunAsync(Yaml.Of("write", "read"));
            return HookResult.None;
        });
        var end = await site.RunAsync(Yaml.Of("write", "between", "read"));
        (end.State, inner?.State).ShouldBe((RunStates.Finished, RunStates.Finished), end.Failure);
        seen.ShouldBe(["run 2", "run 1"]);
        site.Read("out/x.txt").ShouldBe("run 2", "the newest finished job shows");
    }

    [Fact]
    public async Task A_directory_means_what_all_jobs_wrote_into_it_and_this_iterations_part_where_it_has_parts()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", context => Written(context, "out/pools/iter_1/a.txt", "1"));
        site.Hook.Script("b", context => Written(context, "out/pools/iter_1/b.txt", "2"));
        site.Hook.Script("again", context => Written(context, "out/pools/iter_1/a.txt", "3"));
        string[] found = [];
        site.Hook.Script("read", context =>
        {
            var directory = context.Files.ResolveRead("out/pools");
            found = [.. Directory.GetFiles(directory).Order(StringComparer.Ordinal).Select(f => $"{Path.GetFileName(f)}={File.ReadAllText(f)}")];
            return HookResult.None;
        });
        var end = await site.RunAsync(Yaml.Of("a", "b", "again", "read"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        found.ShouldBe(["a.txt=3", "b.txt=2"]);
    }

    [Fact]
    public async Task A_path_from_the_context_means_the_copy_of_its_job_and_a_literal_the_latest()
    {
        await using var site = new RunSite();
        foreach (var name in new[] { "one", "two" })
        {
            site.Hook.Script(name, context =>
            {
                Written(context, "out/x.txt", name);
                return HookResult.One("out/x.txt");
            });
        }

        var seen = new List<string>();
        site.Hook.Script("context", context =>
        {
            seen.Add(File.ReadAllText(context.Files.ResolveRead(context.ExtraConfigs!["path"]!.ToString())));
            return HookResult.None;
        });
        site.Hook.Script("literal", context =>
        {
            seen.Add(File.ReadAllText(context.Files.ResolveRead("./out/x.txt")));
            return HookResult.None;
        });
        var end = await site.RunAsync(Yaml.Of("one", "two", "context|input: {extra_configs.path: anonymous.one.0}\nextra_configs: {}", "literal"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        seen.ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Paths_outside_of_the_current_directory_are_isolated_and_published_as_well()
    {
        await using var site = new RunSite();
        var outside = Path.Combine(Path.GetDirectoryName(site.Work)!, "outside", "x.txt");
        site.Hook.Script("write", context =>
        {
            Written(context, "../outside/x.txt", "o");
            File.Exists(outside).ShouldBeFalse();
            return HookResult.None;
        });
        (await site.RunAsync(Yaml.Of("write"))).State.ShouldBe(RunStates.Finished);
        (await File.ReadAllTextAsync(outside)).ShouldBe("o");
    }

    private static HookResult Written(HookContext context, string path, string text)
    {
        File.WriteAllText(context.Files.ResolveWrite(path), text);
        return HookResult.None;
    }
}
