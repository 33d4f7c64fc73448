using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Runs;

public sealed class ResumeConfigTests
{
    [Fact]
    public async Task With_resume_true_run_takes_up_the_unfinished_run_and_starts_a_new_one_after_that()
    {
        using var site = new Site();
        LoopConfig.Write(site, "resume: true");
        using var command = site.Start("run", LoopConfig.Path);
        var id = await command.RunIdAsync();
        await command.LineAsync("#2 ");
        command.Terminate();
        (await command.EndAsync()).EndedWith(130);
        LoopConfig.Suffice(site);

        var second = (await site.RunAsync("run", LoopConfig.Path)).Succeeded();
        var third = (await site.RunAsync("run", LoopConfig.Path)).Succeeded();

        second.Output.ShouldContain($"Resuming {id}");
        third.Output.ShouldNotContain(id);
        var runs = await site.RunsAsync();
        runs.Count.ShouldBe(2);
        runs.ShouldAllBe(run => run.State == "finished");
        runs[0].Jobs.ShouldAllBe(job => job["origin"]!.ToString() == "run", "a new run does everything anew");
    }

    [Fact]
    public async Task Another_work_dir_or_name_is_another_run()
    {
        using var site = new Site();
        LoopConfig.Write(site, "resume: true");
        using var command = site.Start("run", LoopConfig.Path);
        var id = await command.RunIdAsync();
        await command.LineAsync("#2 ");
        command.Terminate();
        await command.EndAsync();
        LoopConfig.Suffice(site);

        (await site.RunAsync("run", LoopConfig.Path, "--work_dir", "./other")).Succeeded().Output.ShouldNotContain(id);
        (await site.RunAsync("run", LoopConfig.Path, "--experiment_name", "other")).Succeeded().Output.ShouldNotContain(id);

        (await site.ShowAsync(id)).State.ShouldBe("interrupted");
    }

    [Fact]
    public async Task A_mended_config_goes_on_at_the_job_that_failed()
    {
        using var site = new Site();
        TwoStepConfig.Write(site);
        site.Write(TwoStepConfig.Path, TwoStepConfig.Text(labels: "broken"));
        (await site.RunAsync("run", TwoStepConfig.Path)).EndedWith(1);
        var id = (await site.NewestAsync()).Id;
        site.Write("mended.yaml", TwoStepConfig.Text());

        (await site.RunAsync("resume", id, "--config", "mended.yaml")).Succeeded();

        var run = await site.ShowAsync(id);
        run.State.ShouldBe("finished");
        run.States.ShouldContain("keep=finished (reused)");
        run.States.ShouldContain("hits=finished");
        site.ReadLines("out/iter_1/kept.jsonl").Length.ShouldBe(10);
        site.Read("out/context_infos.json").ShouldContain("\"best\": 0.5");
    }

    [Fact]
    public async Task A_job_whose_config_was_changed_runs_again_and_so_does_what_reads_its_output()
    {
        using var site = new Site();
        TwoStepConfig.Write(site);
        site.Write(TwoStepConfig.Path, TwoStepConfig.Text(labels: "broken", more: "resume: true"));
        (await site.RunAsync("run", TwoStepConfig.Path)).EndedWith(1);
        var id = (await site.NewestAsync()).Id;
        site.Write("data/labels.jsonl", TwoStepConfig.Labels.Take(4));
        site.Write(TwoStepConfig.Path, TwoStepConfig.Text(topk: 4, more: "resume: true"));

        (await site.RunAsync("run", TwoStepConfig.Path)).Succeeded().Output.ShouldContain($"Resuming {id}");

        var run = await site.ShowAsync(id);
        run.States.ShouldContain("keep=finished");
        run.States.ShouldContain("hits=finished");
        run.States.ShouldNotContain("keep=finished (reused)");
        site.ReadLines("out/iter_1/kept.jsonl").Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_failed_run_is_taken_up_at_its_failed_job_when_only_its_data_was_mended()
    {
        using var site = new Site();
        TwoStepConfig.Write(site);
        site.Write(TwoStepConfig.Path, TwoStepConfig.Text(more: "resume: true"));
        site.Write("data/labels.jsonl", "this is not JSON\n");
        (await site.RunAsync("run", TwoStepConfig.Path)).EndedWith(1);
        var id = (await site.NewestAsync()).Id;
        site.Write("data/labels.jsonl", TwoStepConfig.Labels);

        (await site.RunAsync("run", TwoStepConfig.Path)).Succeeded().Output.ShouldContain($"Resuming {id}");

        var run = await site.ShowAsync(id);
        run.States.ShouldBe(["keep=finished", "hits=finished"]);
        site.Starts(id, run.Job("keep")).ShouldBe(1);
    }
}
