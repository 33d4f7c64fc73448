using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Workflows.Runs;
using Sandbox.Workflows.Sweeps;
using Sandbox.Workflows.Tests.Runs;

namespace Sandbox.Workflows.Tests.Sweeps;

/// <summary>What trials and runs take from each other, and what that forbids.</summary>
public sealed class SharingTests
{
    [Theory]
    [InlineData("", 3)]
    [InlineData("cache: true", 1)]
    public async Task An_outside_program_runs_for_every_trial_unless_the_cache_is_asked_for(string cache, int times)
    {
        await using var site = new RunSite();
        site.Hook.Script("a", Loss);
        var end = await site.RunAsync(Sweep($"method: grid\n{cache}\nmetric: {{name: loss}}", Counting(site.PathOf("count"))));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        File.ReadAllLines(site.PathOf("count")).Length.ShouldBe(times);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("cache: true\n", 1)]
    public async Task So_it_is_with_runs_of_their_own(string cache, int times)
    {
        await using var site = new RunSite();
        var yaml = cache + Yaml.Head + "execution_job_configs:\n" + Counting(site.PathOf("count"));
        for (var run = 0; run < 2; run++)
        {
            var end = await site.RunAsync(yaml);
            end.State.ShouldBe(RunStates.Finished, end.Failure);
            (await site.Queries.GetAsync(end.RunId, default)).Jobs.Single().Outputs!["loss"]!.GetValue<double>().ShouldBe(0.5);
        }

        File.ReadAllLines(site.PathOf("count")).Length.ShouldBe(times);
    }

    [Fact]
    public async Task Files_that_another_trial_uses_are_neither_cleaned_nor_deleted_before_it()
    {
        await using var site = new RunSite();
        site.Write("d.jsonl", "{\"text\": \"some words\"}\n");
        var broken = true;
        site.Hook.Script("a", c => X(c) == 2 && broken ? throw new JobFailedException("no data") : Loss(c));
        var end = await site.RunAsync(Sweep(
            "method: grid\nmetric: {name: loss}",
            "  - {hook: ProcessDataHook, meta_name: p, dj_configs: {dataset_path: d.jsonl, export_path: out/p.jsonl, process: [text_length_filter: {min_len: 1}]}}\n"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        string Trial(int number) => TrialRuns.RunIdOf(end.RunId, number);
        (await site.Queries.GetAsync(Trial(1), default)).Jobs.Single(j => j.MetaName == "p").Origin.ShouldBe("reused");

        // The second one failed and may be tried again: it needs the first one's file.
        var cleaned = await site.Get<RunCleaning>().CleanAsync(TimeSpan.Zero, dryRun: false, default);
        cleaned.Select(c => c.Id).ShouldNotContain(Trial(0));
        var removal = site.Get<RunRemoval>();
        (await Should.ThrowAsync<FaultException>(() => removal.DeleteAsync(Trial(0), default))).Message.ShouldContain(Trial(1));
        broken = false;
        (await site.WorkAsync(Trial(1))).State.ShouldBe(RunStates.Finished);
        File.Delete(site.PathOf("out/p.jsonl"));
        (await site.Get<RunCleaning>().CleanAsync(TimeSpan.Zero, dryRun: false, default)).Select(c => c.Id).ShouldContain(Trial(0));

        (await removal.DeleteAsync(end.RunId, default)).ShouldBeTrue();
        (await site.Queries.ListAsync(100, default, withTrials: true)).ShouldBeEmpty();
        Directory.Exists(site.Home.RunDirectory(Trial(2))).ShouldBeFalse();
    }

    [Fact]
    public async Task Trials_share_the_slots_of_the_machine()
    {
        const string Variable = "SANDBOX_RESOURCES";
        var before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, "sweep_slots=1");
        try
        {
            await using var site = new RunSite();
            var (now, most) = (0, 0);
            site.Hook.Script("a", async (context, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                await Task.Yield();
                var result = Loss(context);
                Interlocked.Decrement(ref now);
                return result;
            });
            var end = await site.RunAsync(Sweep("method: grid\nworkers: 3\nmetric: {name: loss}", string.Empty, "resources: {sweep_slots: 1}"));
            end.State.ShouldBe(RunStates.Finished, end.Failure);
            most.ShouldBe(1);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    // A program that counts how often it ran.
    private static string Counting(string file) => $$"""
          - hook: TrainModelHook
            meta_name: program
            output: loss
            extra_configs:
              type: command
              command: [sh, -c, 'echo x >> {{file}}; echo step 1 loss 0.5']
              watch: [{pattern: 'step (?<step>\d+) loss (?<loss>[.\d]+)'}]
              outputs:
                loss: {metric: loss}

        """;

    private static string Sweep(string hpo, string first, string more = "") =>
        Yaml.Head + "hpo_config:\n" + string.Concat(hpo.Split('\n').Append("parameters: {anonymous.a.extra_configs.x: {values: [1, 2, 3]}}").Select(l => $"  {l}\n"))
        + "execution_job_configs:\n" + first + Yaml.Jobs($"a|extra_configs: {{x: 0}}\n{more}".TrimEnd()).Split('\n', 2)[1];

    private static double X(HookContext context) => context.ExtraConfigs!["x"]!.GetValue<double>();

    private static HookResult Loss(HookContext context)
    {
        context.Watcher.Log("loss", X(context));
        return HookResult.One(X(context));
    }
}
