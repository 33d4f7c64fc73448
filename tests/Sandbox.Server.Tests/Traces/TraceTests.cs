using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Server.Tests.Testing;
using Sandbox.Testing.Load;
using Sandbox.Testing.Serving;

namespace Sandbox.Server.Tests.Traces;

/// <summary>What a real server sends to a collector of traces.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task A_run_that_has_ended_is_a_trace_and_its_jobs_are_spans()
    {
        using var site = new LoadSite(BuiltCommand.Path);
        await using var collector = await Collector.StartAsync(refusals: 1);
        using var server = await StartAsync(site, collector);
        await server.PostAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = await site.DefinitionAsync(), ["publish"] = true });
        var run = (await server.PostAsync("/workflows/load"))["workflowInstanceId"]!.GetValue<string>();
        await server.PostAsync("/elsa/api/workflow-definitions", new JsonObject
        {
            ["publish"] = true,
            ["model"] = Definitions.Flow("fails", Definitions.Activity("t", "Sandbox.TrainModelHook", ("metaName", "train"), ("extraConfigs", "type: command\ncommand: ['false']\n"))),
        });
        var failing = (await server.PostAsync("/elsa/api/workflow-definitions/fails/dispatch"))["workflowInstanceId"]!.GetValue<string>();

        await TestServer.UntilAsync(() => Task.FromResult(collector.Traces.Count), n => n >= 2);

        var (well, failed) = (Of(collector, run), Of(collector, failing));
        well.Select(s => s["name"]!.GetValue<string>()).ShouldBe(["load / started", "look", "process"]);
        well.ShouldAllBe(s => s["status"]!["code"]!.GetValue<int>() == 1);
        well.Select(s => s["traceId"]!.GetValue<string>()).Distinct().ShouldHaveSingleItem().Length.ShouldBe(32);
        well.Skip(1).ShouldAllBe(s => s["parentSpanId"]!.GetValue<string>() == well[0]["spanId"]!.GetValue<string>());
        well.ShouldAllBe(s => Time(s, "startTimeUnixNano") <= Time(s, "endTimeUnixNano"));
        failed.ShouldAllBe(s => s["status"]!["code"]!.GetValue<int>() == 2);
        failed[1]["status"]!["message"]!.GetValue<string>().ShouldNotBeEmpty();
        (await server.StopAsync()).ShouldBe(0, server.Log);
    }

    [Fact]
    public async Task Runs_that_end_while_no_server_is_there_are_sent_by_the_next_one_once()
    {
        using var site = new LoadSite(BuiltCommand.Path);
        await using var collector = await Collector.StartAsync(refusals: 0);
        await site.RunAsync("run", "beside.yaml");
        using (var first = await StartAsync(site, collector))
        {
            await site.RunAsync("run", "beside.yaml");
            await TestServer.UntilAsync(() => Task.FromResult(collector.Traces.Count), n => n == 1);
            (await first.StopAsync()).ShouldBe(0, first.Log);
        }

        await site.RunAsync("run", "beside.yaml");
        using var second = await StartAsync(site, collector);
        await TestServer.UntilAsync(() => Task.FromResult(collector.Traces.Count), n => n == 2);
        (await second.StopAsync()).ShouldBe(0, second.Log);

        // The run before the first start with a collector is nobody's news.
        collector.Traces.Count.ShouldBe(2);
    }

    [Fact]
    public async Task More_than_one_collector_and_addresses_that_are_none_are_refused_at_the_start()
    {
        using var site = new LoadSite(BuiltCommand.Path);

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => ServerProcess.StartAsync(
            ServerProcess.BuiltIn(Reference.Repository), site.Home, site.Root, new Dictionary<string, string>(StringComparer.Ordinal),
            "--Sandbox:TracesTo", "http://127.0.0.1:1 ftp://b"));

        refused.Message.ShouldContain("ftp://b");
        refused.Message.ShouldContain("is one address");
    }

    private static IReadOnlyList<JsonNode> Of(Collector collector, string run) => collector.Traces.Single(
        t => t[0]["attributes"]!.AsArray().Any(a => a!["value"]!["stringValue"]!.GetValue<string>() == run));

    private static long Time(JsonNode span, string name) => long.Parse(span[name]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private static Task<ServerProcess> StartAsync(LoadSite site, Collector collector) => ServerProcess.StartAsync(
        ServerProcess.BuiltIn(Reference.Repository), site.Home, site.Root, new Dictionary<string, string>(StringComparer.Ordinal),
        "--Sandbox:TracesTo", collector.Address, "--Sandbox:TakeUpAfter", "1h");
}
