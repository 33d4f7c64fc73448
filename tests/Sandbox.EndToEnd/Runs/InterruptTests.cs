using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Runs;

public sealed class InterruptTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ctrl_C_and_TERM_stop_a_run_and_tell_the_commands_that_go_on_with_it_and_end_it(bool byKeyboard)
    {
        using var site = new Site();
        LoopConfig.Write(site);
        using var command = site.Start("run", LoopConfig.Path);
        var id = await command.RunIdAsync();
        await command.LineAsync("#3 anonymous / execute / keep started");

        (byKeyboard ? (Action)command.Interrupt : command.Terminate)();
        var end = (await command.EndAsync()).EndedWith(130);

        end.Output.ShouldContain($"To go on: SANDBOX_HOME={site.Home} sandbox resume {id}");
        end.Output.ShouldContain($"To end it: SANDBOX_HOME={site.Home} sandbox cancel {id}");
        (await site.ShowAsync(id)).State.ShouldBe("interrupted");
        if (byKeyboard)
        {
            LoopConfig.Suffice(site);
            (await site.RunAsync("resume", id)).Succeeded();
            await EachFinishedJobRanOnceAsync(site, id);
        }
        else
        {
            (await site.RunAsync("cancel", id)).Succeeded();
            (await site.ShowAsync(id)).State.ShouldBe("cancelled");
        }
    }

    [Fact]
    public async Task A_run_is_resumed_from_another_directory_in_its_own()
    {
        using var site = new Site();
        LoopConfig.Write(site);
        using var command = site.Start("run", LoopConfig.Path);
        var id = await command.RunIdAsync();
        await command.LineAsync("#2 ");
        command.Terminate();
        (await command.EndAsync()).EndedWith(130);
        LoopConfig.Suffice(site);
        Directory.CreateDirectory(site["elsewhere"]);

        (await site.RunInAsync("elsewhere", "resume", id)).Succeeded();

        site.Files("elsewhere").ShouldBeEmpty();
        (await site.ShowAsync(id)).State.ShouldBe("finished");
        site.Files("out").ShouldContain("iter_2/kept.jsonl");
    }

    [Fact]
    public async Task A_second_process_does_not_take_up_what_a_living_one_works()
    {
        using var site = new Site();
        LoopConfig.Write(site);
        using var command = site.Start("run", LoopConfig.Path);
        var id = await command.RunIdAsync();
        await command.LineAsync("#2 ");

        var second = (await site.RunAsync("resume", id)).EndedWith(1);

        second.Error.ShouldContain(FormattableString.Invariant($"{command.ProcessId}"));
        LoopConfig.Suffice(site);
        (await command.EndAsync()).Succeeded();
        await EachFinishedJobRanOnceAsync(site, id);
    }

    private static async Task EachFinishedJobRanOnceAsync(Site site, string id)
    {
        var run = await site.ShowAsync(id);
        run.State.ShouldBe("finished");
        run.Jobs.ShouldAllBe(job => job["state"]!.ToString() == "finished");
        var iterations = run.Jobs.Select(job => (int)job["iteration"]!).Max();
        run.Jobs.Count.ShouldBe(2 * iterations);
        run.Jobs.Count(job => site.Starts(id, job) > 1).ShouldBeLessThanOrEqualTo(1, "only the job that was cut short starts again");
    }
}
