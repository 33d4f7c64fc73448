using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Tracking;
using Sandbox.Workflows.Jobs;
using Sandbox.Workflows.Runs;
using Sandbox.Workflows.Tests.Runs;

namespace Sandbox.Workflows.Tests.Jobs;

public class HookJobTests
{
    [Fact]
    public async Task An_unforeseen_exception_is_shown_by_type_and_message_and_logged_with_its_trace()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", _ => throw new InvalidOperationException("the flux is off"));
        var end = await site.RunAsync(Yaml.Of("a"));
        end.Failure.ShouldStartWith("InvalidOperationException: the flux is off");
        end.Failure.ShouldNotContain("   at ");
        var log = await LogAsync(site, end.RunId);
        log.ShouldContain("the flux is off");
        log.ShouldContain("   at ");
    }

    [Fact]
    public async Task An_io_error_says_how_to_go_on_and_a_foreseen_failure_has_no_trace()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", _ => throw new IOException("No space left on device"));
        var end = await site.RunAsync(Yaml.Of("a"));
        end.Failure.ShouldBe("No space left on device. Mend that, then resume the run.");
        (await LogAsync(site, end.RunId)).ShouldNotContain("   at ");
    }

    [Fact]
    public async Task The_log_has_the_resolved_configs_without_secrets()
    {
        await using var site = new RunSite();
        var end = await site.RunAsync(Yaml.Of("a|extra_configs: {api_key: s3cr3t, np: 4, max_tokens: 7, url: 'http://me:s3cr3t@host/x'}"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        var log = await LogAsync(site, end.RunId);
        log.ShouldContain("\"np\": 4");
        log.ShouldContain("http://me:***@host/x");
        log.ShouldNotContain("s3cr3t");
        log.ShouldContain("Attempt 1 of ScriptedHook has its result");
        var stored = (await site.Get<TrackingStore>().ConfigsAsync(end.RunId, default)).ShouldHaveSingleItem();
        stored.Configs!.ToJsonString().ShouldNotContain("s3cr3t");
    }

    [Theory]
    [InlineData("api_key", true)]
    [InlineData("apiKey", true)]
    [InlineData("HF_TOKEN", true)]
    [InlineData("dbPassword", true)]
    [InlineData("tokenizer", false)]
    [InlineData("max_tokens", false)]
    [InlineData("text_key", false)]
    [InlineData("token_num_filter", true)]
    public void Secrets_are_told_by_their_names(string key, bool isSecret) => Secrets.IsSecret(key).ShouldBe(isSecret);

    [Fact]
    public void A_number_is_no_secret() =>
        Secrets.Masked(new JsonObject { ["token_num_filter"] = new JsonObject { ["min_num"] = 3 } })!.ToJsonString()
            .ShouldBe("""{"token_num_filter":{"min_num":3}}""");

    [Fact]
    public async Task A_cancellation_of_the_hooks_own_is_a_failure_and_not_an_interruption()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", _ => throw new TaskCanceledException("the request took too long"));
        var end = await site.RunAsync(Yaml.Of("a"));
        (end.State, end.Failure!.Contains("the request took too long", StringComparison.Ordinal)).ShouldBe((RunStates.Failed, true));
    }

    [Fact]
    public async Task A_result_with_nan_in_config_and_outputs_is_recorded()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", _ => HookResult.One(double.NaN));
        var end = await site.RunAsync(Yaml.Of("a|extra_configs: {x: .nan}", "b|input: {extra_configs.x: anonymous.a.0}\nextra_configs: {}"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        site.Read("out/context_infos.json").ShouldContain("NaN");
    }

    [Fact]
    public async Task A_finished_step_is_not_run_again_and_its_metrics_count()
    {
        await using var site = new RunSite();
        var (steps, fails) = (0, true);
        site.Hook.Script("a", async (context, token) =>
        {
            await context.Component.Steps.RunAsync(
                "train",
                _ =>
                {
                    steps++;
                    context.Watcher.Log("in step", steps);
                    return Task.FromResult<JsonNode?>(1);
                },
                token);
            context.Watcher.Log("after step", 1);
            return fails ? throw new JobFailedException("no") : HookResult.None;
        });
        var end = await site.RunAsync(Yaml.Of("a"));
        end.State.ShouldBe(RunStates.Failed);
        fails = false;
        (await site.WorkAsync(end.RunId)).State.ShouldBe(RunStates.Finished);
        steps.ShouldBe(1);
        (await MetricsAsync(site, end.RunId)).ShouldBe(["in step", "after step"]);
    }

    [Fact]
    public async Task An_interrupted_attempt_that_starts_over_does_not_count_its_metrics_twice()
    {
        await using var site = new RunSite();
        using var stop = new CancellationTokenSource();
        site.Hook.Script("a", async (context, token) =>
        {
            await context.Component.Steps.RunAsync("one", _ => Task.FromResult<JsonNode?>(null), token);
            context.Watcher.Log("loss", 1, 1);
            context.Watcher.Watch("analysis", 1);
            await context.Component.Steps.RunAsync("two", _ => Task.FromResult<JsonNode?>(null), token);
            context.Watcher.Log("loss", 0.5, 2);
            if (!stop.IsCancellationRequested)
            {
                await UntilStoredAsync(site, context.Job.RunId, 3);
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            }

            return HookResult.None;
        });
        var start = await site.StartAsync(Yaml.Of("a"));
        (await site.WorkAsync(start.RunId, stop.Token)).State.ShouldBe(RunStates.Interrupted);
        await site.WorkAsync(start.RunId);
        (await MetricsAsync(site, start.RunId)).Count(m => m == "loss").ShouldBe(3, "one from the finished step, one from it again, one at last");
    }

    [Fact]
    public async Task Metrics_that_cannot_be_written_for_a_while_are_not_lost_and_do_not_end_the_job()
    {
        await using var site = new RunSite();
        site.Hook.Script("a", async (context, token) =>
        {
            context.Watcher.Log("before", 1);
            await ExecuteAsync(site, "CREATE TRIGGER no_metrics BEFORE INSERT ON tracking_metrics BEGIN SELECT RAISE(ABORT, 'not now'); END");
            await UntilLoggedAsync(site, context.Job.RunId, "wait for the next commit", token);
            await ExecuteAsync(site, "DROP TRIGGER no_metrics");
            context.Watcher.Log("after", 2);
            return HookResult.None;
        });
        var end = await site.RunAsync(Yaml.Of("a"));
        end.State.ShouldBe(RunStates.Finished, end.Failure);
        (await MetricsAsync(site, end.RunId)).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task An_attempt_that_goes_on_under_another_lease_never_meets_the_files_of_the_one_before()
    {
        await using var site = new RunSite();
        using var stop = new CancellationTokenSource();
        var written = new List<string>();
        site.Hook.Script("a", async (context, token) =>
        {
            written.Add(context.Component.Files.ResolveWrite("out/a.txt"));
            await File.WriteAllTextAsync(written[^1], $"holder {written.Count}", token);
            if (written.Count == 1)
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            }

            // The first holder lost its lease and does not know it yet.
            await File.WriteAllTextAsync(written[0], "too late", token);
            return HookResult.None;
        });
        var start = await site.StartAsync(Yaml.Of("a"));
        (await site.WorkAsync(start.RunId, stop.Token)).State.ShouldBe(RunStates.Interrupted);
        (await site.WorkAsync(start.RunId)).State.ShouldBe(RunStates.Finished);
        written.Distinct().Count().ShouldBe(2);
        site.Read("out/a.txt").ShouldBe("holder 2");
    }

    private static async Task ExecuteAsync(RunSite site, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={site.Home.DatabasePath}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task UntilLoggedAsync(RunSite site, string runId, string text, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(await LogAsync(site, runId)).Contains(text, StringComparison.Ordinal))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static async Task UntilStoredAsync(RunSite site, string runId, int metrics)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await MetricsAsync(site, runId)).Count < metrics)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    private static async Task<List<string>> MetricsAsync(RunSite site, string runId)
    {
        var names = new List<string>();
        await foreach (var metric in site.Get<TrackingStore>().MetricsAsync(new MetricQuery(runId), default))
        {
            names.Add(metric.Metric.Name);
        }

        return names;
    }

    private static async Task<string> LogAsync(RunSite site, string runId)
    {
        var job = (await site.Queries.GetAsync(runId, default)).Jobs[0];
        await using var log = new FileStream(site.Home.JobLog(runId, job.Id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        return await reader.ReadToEndAsync();
    }
}
