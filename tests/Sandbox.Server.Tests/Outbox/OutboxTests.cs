using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Server.Tests.Testing;
using Sandbox.Testing.Load;
using Sandbox.Testing.Serving;

namespace Sandbox.Server.Tests.Outbox;

/// <summary>What a real server tells others of runs: webhooks and traces.</summary>
public sealed class OutboxTests
{
    private const string Secret = "a secret of some length";

    [Fact]
    public async Task Webhooks_are_signed_tried_again_and_sent_once_also_for_runs_of_the_command_line_and_after_a_restart()
    {
        using var site = new LoadSite(BuiltCommand.Path);
        await using var hook = await Receiver.StartAsync(refusals: 2);
        string run;
        using (var server = await StartAsync(site, "--Sandbox:Webhooks", hook.Address + "/told"))
        {
            run = await StartRunAsync(server, await site.DefinitionAsync());
            await site.RunAsync("run", "beside.yaml");
            await TestServer.UntilAsync(() => Task.FromResult(hook.Received.Count), n => n >= 4);
            await server.StopAsync();
        }

        // What happens while no server is there is told by the next one.
        await site.RunAsync("run", "beside.yaml");
        using var again = await StartAsync(site, "--Sandbox:Webhooks", hook.Address + "/told");
        await TestServer.UntilAsync(() => Task.FromResult(hook.Received.Count), n => n >= 6);
        (await again.StopAsync()).ShouldBe(0, again.Log);

        hook.Received.Select(r => r.Delivery).ShouldBeUnique();
        hook.Received.Count(r => r.Event == "run.started").ShouldBe(3);
        hook.Received.Count(r => r.Event == "run.finished").ShouldBe(3);
        foreach (var received in hook.Received)
        {
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(received.Body));
            received.Signature.ShouldBe($"sha256={Convert.ToHexStringLower(expected)}");
        }

        var finished = hook.Received.Select(r => JsonNode.Parse(r.Body)!)
            .Single(b => b["event"]!.GetValue<string>() == "run.finished" && b["run"]!["id"]!.GetValue<string>() == run);
        finished["run"]!["state"]!.GetValue<string>().ShouldBe("finished");
        finished["run"]!["jobs"]!["finished"]!.GetValue<int>().ShouldBe(LoadSite.Jobs);
        again.Log.ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_run_that_has_ended_is_a_trace_and_its_jobs_are_spans()
    {
        using var site = new LoadSite(BuiltCommand.Path);
        await using var collector = await Receiver.StartAsync(refusals: 1);
        using var server = await StartAsync(site, "--Sandbox:TracesTo", collector.Address);
        var run = await StartRunAsync(server, await site.DefinitionAsync());
        await server.PostAsync("/elsa/api/workflow-definitions", new JsonObject
        {
            ["publish"] = true,
            ["model"] = Definitions.Flow("fails", Definitions.Activity("t", "Sandbox.TrainModelHook", ("metaName", "train"), ("extraConfigs", "type: command\ncommand: ['false']\n"))),
        });
        var failing = (await server.PostAsync("/elsa/api/workflow-definitions/fails/dispatch"))["workflowInstanceId"]!.GetValue<string>();

        await TestServer.UntilAsync(() => Task.FromResult(collector.Received.Count), n => n >= 2);

        collector.Received.ShouldAllBe(r => r.Path == "/v1/traces");
        var (well, failed) = (Spans(collector, run), Spans(collector, failing));
        well.Select(s => s["name"]!.GetValue<string>()).ShouldBe(["load / started", "look", "process"]);
        well.ShouldAllBe(s => s["status"]!["code"]!.GetValue<int>() == 1);
        well.Select(s => s["traceId"]!.GetValue<string>()).Distinct().ShouldHaveSingleItem().Length.ShouldBe(32);
        well.Skip(1).ShouldAllBe(s => s["parentSpanId"]!.GetValue<string>() == well[0]["spanId"]!.GetValue<string>());
        well.ShouldAllBe(s => Time(s, "startTimeUnixNano") <= Time(s, "endTimeUnixNano"));
        failed.ShouldAllBe(s => s["status"]!["code"]!.GetValue<int>() == 2);
        failed[1]["status"]!["message"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Webhooks_without_a_secret_and_addresses_that_are_none_are_refused_at_the_start()
    {
        using var site = new LoadSite(BuiltCommand.Path);

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => ServerProcess.StartAsync(
            ServerProcess.BuiltIn(Reference.Repository), site.Home, site.Root, new Dictionary<string, string>(StringComparer.Ordinal),
            "--Sandbox:Webhooks", "http://127.0.0.1:9/a ftp://b", "--Sandbox:TracesTo", "http://u:p@127.0.0.1"));

        refused.Message.ShouldContain("SANDBOX_WEBHOOK_SECRET");
        refused.Message.ShouldContain("ftp://b");
        refused.Message.ShouldContain("TracesTo");
    }

    private static List<JsonNode> Spans(Receiver collector, string run) =>
        [.. collector.Received.Select(r => JsonNode.Parse(r.Body)!["resourceSpans"]![0]!["scopeSpans"]![0]!["spans"]!.AsArray())
            .Single(s => s[0]!["attributes"]!.AsArray().Any(a => a!["value"]!["stringValue"]!.GetValue<string>() == run)).Select(s => s!)];

    private static long Time(JsonNode span, string name) => long.Parse(span[name]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);

    private static Task<ServerProcess> StartAsync(LoadSite site, params string[] settings) => ServerProcess.StartAsync(
        ServerProcess.BuiltIn(Reference.Repository), site.Home, site.Root,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["SANDBOX_WEBHOOK_SECRET"] = Secret }, [.. settings, "--Sandbox:TakeUpAfter", "1h"]);

    private static async Task<string> StartRunAsync(ServerProcess server, JsonObject definition)
    {
        await server.PostAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = definition, ["publish"] = true });
        return (await server.PostAsync("/workflows/load"))["workflowInstanceId"]!.GetValue<string>();
    }
}
