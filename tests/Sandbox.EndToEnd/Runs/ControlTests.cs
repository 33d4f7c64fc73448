using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Runs;

public sealed class ControlTests
{
    [Fact]
    public async Task A_running_run_is_paused_goes_on_and_is_cancelled()
    {
        using var site = new Site();
        LoopConfig.Write(site);
        using var first = site.Start("run", LoopConfig.Path);
        var id = await first.RunIdAsync();
        await first.LineAsync("#2 ");

        (await site.RunAsync("pause", id)).Succeeded();
        (await first.EndAsync()).Output.ShouldContain($"sandbox resume {id}");
        var paused = await site.ShowAsync(id);
        paused.State.ShouldBe("paused");
        paused.Jobs.ShouldAllBe(job => job["state"]!.ToString() == "finished" || job["state"]!.ToString() == "pending");

        using var second = site.Start("resume", id);
        await second.LineAsync(" finished in ");
        (await site.RunAsync("cancel", id)).Succeeded();
        (await second.EndAsync()).EndedWith(130);
        var cancelled = await site.ShowAsync(id);
        cancelled.State.ShouldBe("cancelled");
        cancelled.Jobs.ShouldAllBe(job => job["state"]!.ToString() == "finished" || job["state"]!.ToString() == "cancelled");
    }

    [Fact]
    public async Task A_cancelled_run_stays_cancelled()
    {
        using var site = new Site();
        LoopConfig.Write(site);
        using var command = site.Start("run", LoopConfig.Path);
        var id = await command.RunIdAsync();
        await command.LineAsync("#2 ");
        command.Terminate();
        await command.EndAsync();
        (await site.RunAsync("cancel", id)).Succeeded();

        var end = await site.RunAsync("resume", id);

        end.EndedWith(130);
        (await site.ShowAsync(id)).State.ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_failed_job_is_retried_after_its_data_was_mended_and_the_jobs_before_it_are_not_run_again()
    {
        using var site = new Site();
        TwoStepConfig.Write(site);
        site.Write("data/labels.jsonl", "this is not JSON\n");
        var failed = (await site.RunAsync("run", TwoStepConfig.Path)).EndedWith(1);
        failed.Error.ShouldContain("hits failed");
        var run = await site.NewestAsync();
        failed.Output.ShouldContain($"sandbox retry {run.Id}");
        run.State.ShouldBe("failed");
        run.Job("keep")["state"]!.ToString().ShouldBe("finished");

        site.Write("data/labels.jsonl", TwoStepConfig.Labels);
        (await site.RunAsync("retry", run.Id, "hits")).Succeeded();

        run = await site.ShowAsync(run.Id);
        run.States.ShouldBe(["keep=finished", "hits=finished"]);
        site.Starts(run.Id, run.Job("keep")).ShouldBe(1);
        site.Starts(run.Id, run.Job("hits")).ShouldBe(2);
        ((double)run.Job("hits")["outputs"]!["best"]!).ShouldBe(0.5);
    }

    [Fact]
    public async Task A_retry_of_what_did_not_fail_says_so()
    {
        using var site = new Site();
        TwoStepConfig.Write(site);
        (await site.RunAsync("run", TwoStepConfig.Path)).Succeeded();
        var run = await site.NewestAsync();

        var end = (await site.RunAsync("retry", run.Id)).EndedWith(2);

        end.Error.ShouldContain("no failed job");
    }

    [Fact]
    public async Task A_job_has_the_attempts_and_the_timeout_that_its_config_gives_it()
    {
        using var site = new Site();
        var random = new Random(7);
        site.Write("data/long.jsonl", Enumerable.Range(0, 60_000).Select(_ =>
            $$"""{"text":"{{string.Join(' ', Enumerable.Range(0, 20).Select(_ => $"w{random.Next(5000)}"))}}"}"""));
        site.Write("slow.yaml", """
            work_dir: ./out
            execution_job_configs:
              - hook: TrainModelHook
                meta_name: train
                retry: {max_attempts: 2, backoff: 1ms}
                timeout: 300ms
                dj_configs:
                extra_configs: {type: ngram_lm, train_dataset: ./data/long.jsonl, model_path: ./out/lm.arpa, order: 3, unit: word, text_key: text}
            """);

        var end = (await site.RunAsync("run", "slow.yaml")).EndedWith(1);

        end.Error.ShouldContain("timeout");
        var run = await site.NewestAsync();
        run.States.ShouldBe(["train=failed"]);
        site.Starts(run.Id, run.Job("train")).ShouldBe(2);
        File.Exists(site["out/lm.arpa"]).ShouldBeFalse();
    }
}
