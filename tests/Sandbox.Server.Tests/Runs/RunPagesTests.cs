using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Runs;

/// <summary>The demo in small, run once for all that the pages ask of it.</summary>
public sealed class DemoRunFixture : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public string RunId { get; private set; } = null!;

    /// <summary>Jobs of the run by their meta names; of two with the same name the later one.</summary>
    public IReadOnlyDictionary<string, JsonNode> Jobs { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync();
        var saved = await Server.SaveAsync(Definitions.QuickDemo());
        RunId = await Server.RunAsync(saved["workflowDefinition"]!["definitionId"]!.GetValue<string>());
        (await Server.EndAsync(RunId)).ShouldBe("Finished");
        var run = await TestServer.UntilAsync(() => Server.GetAsync($"/api/runs/{RunId}"), r => r["state"]!.GetValue<string>() == "finished");
        Jobs = run["jobs"]!.AsArray().GroupBy(j => j!["metaName"]!.GetValue<string>()).ToDictionary(g => g.Key, g => g.Last()!);
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

/// <summary>What a run's page, Compare and Data get from the server.</summary>
public sealed class RunPagesTests(DemoRunFixture demo) : IClassFixture<DemoRunFixture>
{
    private string Run => $"/api/runs/{demo.RunId}";

    [Fact]
    public async Task A_log_comes_whole_and_from_where_one_stopped()
    {
        var job = Id("train_raw");
        var log = await demo.Server.GetAsync($"{Run}/jobs/{job}/log");

        var text = log["text"]!.GetValue<string>();
        text.ShouldContain("Attempt 1 of TrainModelHook starts");
        text.ShouldEndWith("\n");
        (log["isRunning"]!.GetValue<bool>(), log["next"]!.GetValue<long>()).ShouldBe((false, log["length"]!.GetValue<long>()));
        var half = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        (await demo.Server.GetAsync($"{Run}/jobs/{job}/log?from={half}"))["text"]!.GetValue<string>().ShouldBe(text[half..]);
        (await demo.Server.GetAsync($"{Run}/jobs/{job}/log?from={log["next"]}"))["text"]!.GetValue<string>().ShouldBeEmpty();
        (await demo.Server.Http.GetStringAsync($"{Run}/jobs/{job}/log/file")).ShouldBe(text);
    }

    [Theory]
    [InlineData("/jobs/..%2f..%2f..%2fsandbox.db/log")]
    [InlineData("/jobs/nobody/log")]
    [InlineData("/artifacts/999999999")]
    public async Task What_is_no_part_of_the_run_is_not_given(string path) =>
        (await demo.Server.Http.GetAsync(Run + path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task A_log_name_leads_nowhere_but_to_the_jobs_own_logs() =>
        (await demo.Server.Http.GetAsync($"{Run}/jobs/{Id("train_raw")}/log?name=../../../../sandbox.db")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Files_are_listed_and_come_as_they_were_written()
    {
        var files = (await demo.Server.GetAsync($"{Run}/artifacts")).AsArray();
        var model = files.Single(f => f!["path"]!.GetValue<string>().EndsWith("raw.arpa", StringComparison.Ordinal))!;

        var answer = await demo.Server.Http.GetAsync($"{Run}/artifacts/{model["id"]}");

        Convert.ToHexStringLower(SHA256.HashData(await answer.Content.ReadAsByteArrayAsync())).ShouldBe(model["sha256"]!.GetValue<string>());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        model["jobId"]!.GetValue<string>().ShouldBe(Id("train_raw"));
    }

    [Fact]
    public async Task Results_changes_settings_metrics_and_report_are_there()
    {
        var context = (await demo.Server.GetAsync($"{Run}/context")).AsArray();
        context.Single(j => j!["metaName"]!.GetValue<string>() == "tune_refined")!["outputs"]!["perplexity"]!.GetValue<double>().ShouldBeGreaterThan(1);
        var changes = (await demo.Server.GetAsync($"{Run}/changes")).AsArray().ShouldHaveSingleItem()!["changes"]!.AsArray();
        changes.Select(c => c!["operator"]!.GetValue<string>()).ShouldContain("alphanumeric_filter");
        var settings = await demo.Server.GetAsync($"{Run}/settings");
        settings["workflow"]!["version"]!.GetValue<int>().ShouldBe(1);
        settings["environment"]!["sandbox"].ShouldNotBeNull();
        var metrics = await demo.Server.GetAsync($"{Run}/metrics");
        metrics["values"]!.AsArray().Count(v => v!["name"]!.GetValue<string>() == "train_raw.loss").ShouldBe(10);
        (await demo.Server.GetAsync($"{Run}/metrics?after={metrics["next"]}"))["values"]!.AsArray().ShouldBeEmpty();
        var report = await demo.Server.Http.GetStringAsync($"{Run}/report");
        report.ShouldContain("demo / demo-quick");
        report.ShouldContain("Recipe changes");
    }

    [Fact]
    public async Task Rows_that_were_dropped_come_with_what_was_measured()
    {
        var step = (await demo.Server.GetAsync($"{Run}/data")).AsArray().ShouldHaveSingleItem()!;
        var filter = step["operators"]!.AsArray().Single(o => o!["name"]!.GetValue<string>() == "alphanumeric_filter")!;
        var dropped = filter["dropped"]!.GetValue<int>();
        dropped.ShouldBeGreaterThan(0);

        var page = await demo.Server.GetAsync($"{Run}/data/{step["jobId"]}/rows?operator={filter["position"]}&kind=dropped&take=100");

        page["notes"]!.AsArray().ShouldBeEmpty();
        page["total"]!.GetValue<int>().ShouldBe(dropped);
        page["rows"]!.AsArray().Count.ShouldBe(dropped);
        var bound = filter["arguments"]!["min_ratio"]!.GetValue<double>();
        foreach (var row in page["rows"]!.AsArray())
        {
            var last = row!["steps"]!.AsArray()[^1]!;
            (last["outcome"]!.GetValue<string>(), last["position"]!.GetValue<int>()).ShouldBe(("dropped", filter["position"]!.GetValue<int>()));
            last["measured"]!["alnum_ratio"]!.GetValue<double>().ShouldBeLessThan(bound);
            row["place"]!.GetValue<string>().ShouldEndWith($"train.jsonl:{row["number"]}");
        }
    }

    [Fact]
    public async Task What_a_row_went_through_again_is_what_the_run_recorded()
    {
        var step = (await demo.Server.GetAsync($"{Run}/data")).AsArray()[0]!;
        var barriers = step["operators"]!.AsArray().Where(o => o!["name"]!.GetValue<string>().EndsWith("deduplicator", StringComparison.Ordinal))
            .Select(o => o!["position"]!.GetValue<int>()).ToHashSet();
        for (var skip = 0; skip < 300; skip += 100)
        {
            foreach (var row in (await demo.Server.GetAsync($"{Run}/data/{step["jobId"]}/rows?skip={skip}&take=100"))["rows"]!.AsArray())
            {
                var recorded = row!["events"]!.AsArray().Where(e => !barriers.Contains(e!["position"]!.GetValue<int>())).Select(e => $"{e!["position"]} {e["kind"]}");
                var again = row["steps"]!.AsArray().Where(s => s!["outcome"]!.GetValue<string>() != "kept").Select(s => $"{s!["position"]} {s["outcome"]}");
                again.ShouldBe(recorded, $"row {row["number"]}");
            }
        }
    }

    [Fact]
    public async Task Distributions_show_both_sides()
    {
        var group = (await demo.Server.GetAsync($"{Run}/data/distributions")).AsArray().ShouldHaveSingleItem()!;

        (group["before"]!.GetValue<string>(), group["after"]!.GetValue<string>()).ShouldBe(("analysis_raw", "analysis_processed"));
        var length = group["items"]!.AsArray().Single(i => i!["name"]!.GetValue<string>() == "text_len")!;
        length["beforeCounts"]!.AsArray().Sum(c => c!.GetValue<int>()).ShouldBe(300);
        length["afterCounts"]!.AsArray().Sum(c => c!.GetValue<int>()).ShouldBe(257);
    }

    [Fact]
    public async Task Runs_are_compared_by_what_differs()
    {
        var definition = Definitions.QuickDemo();
        var other = System.Text.Json.Nodes.JsonNode.Parse(definition.ToJsonString().Replace("order: 3", "order: 2", StringComparison.Ordinal))!.AsObject();
        other["definitionId"] = "other";
        var saved = await demo.Server.SaveAsync(other);
        var second = await demo.Server.RunAsync(saved["workflowDefinition"]!["definitionId"]!.GetValue<string>());
        (await demo.Server.EndAsync(second)).ShouldBe("Finished");

        var runs = (await demo.Server.GetAsync($"/api/compare?run={demo.RunId}&run={second}")).AsArray();

        runs.Count.ShouldBe(2);
        string Setting(int i) => runs[i]!["settings"]!["anonymous.train_raw.extra_configs.order"]!.GetValue<string>();
        (Setting(0), Setting(1)).ShouldBe(("3", "2"));
        double Figure(int i) => runs[i]!["figures"]!["tune_raw.perplexity"]!.GetValue<double>();
        Figure(0).ShouldNotBe(Figure(1));
        runs[0]!["series"]!.AsArray().Select(s => s!.GetValue<string>()).ShouldContain("train_raw.loss");
        (await demo.Server.Http.GetAsync("/api/compare?run=nobody")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await demo.Server.Http.GetAsync("/api/compare")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private string Id(string metaName) => demo.Jobs[metaName]["id"]!.GetValue<string>();
}
