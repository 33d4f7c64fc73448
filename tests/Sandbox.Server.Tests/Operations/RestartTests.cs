using System.Text.Json.Nodes;
using Sandbox.Server.Tests.Testing;
using Sandbox.Testing.Load;
using Sandbox.Testing.Serving;

namespace Sandbox.Server.Tests.Operations;

/// <summary>The server ends in the middle of everything and is started again: all goes on, nothing is done twice.</summary>
public sealed class RestartTests
{
    private const int Started = 12;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Instances_schedules_bookmarks_and_supervised_trainings_go_on(bool isKilled)
    {
        using var site = new LoadSite(BuiltCommand.Path);
        var definition = await site.DefinitionAsync();
        string training, delayed, waiting;
        List<string> runs;
        DateTimeOffset begun;
        using (var server = await StartAsync(site))
        {
            await SaveAsync(server, definition);
            await SaveAsync(server, Definitions.Flow("train", Training()));
            await SaveAsync(server, Definitions.Flow("delay", Definitions.Line("before"), Definitions.Activity("d", "Elsa.Delay", ("timeSpan", "00:00:05")), Definitions.Line("after")));
            await SaveAsync(server, Definitions.Flow("wait", Definitions.Line("before"), Definitions.Activity("e", "Elsa.Event", ("eventName", "go on")), Definitions.Line("after")));
            training = await RunAsync(server, "train");
            (delayed, waiting) = (await RunAsync(server, "delay"), await RunAsync(server, "wait"));
            await Task.WhenAll(UntilAsync(server, delayed, "Suspended"), UntilAsync(server, waiting, "Suspended"));
            await TestServer.UntilAsync(() => Task.FromResult(Lines(site, "steps").Length), n => n > 0);
            begun = DateTimeOffset.UtcNow;
            await SaveAsync(server, Definitions.Flow("tick", Timer(), Definitions.Line("l")));
            await TestServer.UntilAsync(() => TicksAsync(server), n => n > 0);
            runs = [.. await Task.WhenAll(Enumerable.Range(0, Started).Select(_ => StartedAsync(server)))];
            if (isKilled)
            {
                await server.KillAsync();
            }
            else
            {
                (await server.StopAsync()).ShouldBe(0, server.Log);
            }
        }

        var steps = Lines(site, "steps").Length;
        await TestServer.UntilAsync(() => Task.FromResult(Lines(site, "steps").Length), n => n > steps);
        using var again = await StartAsync(site);
        var ticks = await TicksAsync(again);
        await TestServer.UntilAsync(() => TicksAsync(again), n => n > ticks);
        await again.PostAsync("/elsa/api/events/go%20on/publish");
        await File.WriteAllTextAsync(Path.Combine(site.Root, "enough"), string.Empty);
        string[] all = [.. runs, training, delayed, waiting];
        foreach (var run in all)
        {
            await UntilAsync(again, run, "Finished");
        }

        var most = (DateTimeOffset.UtcNow - begun).TotalSeconds + 1;
        ((double)await TicksAsync(again)).ShouldBeLessThanOrEqualTo(most);
        (await again.StopAsync()).ShouldBe(0, again.Log);
        Lines(site, "started").ShouldHaveSingleItem();
        (await LoadLedger.FaultsAsync(site.Database, runs)).ShouldBeEmpty();
        (await LoadLedger.TwiceAsync(site.Database, all)).ShouldBeEmpty();
        again.Log.ShouldNotContain(" ERR]");
    }

    private static Task<ServerProcess> StartAsync(LoadSite site) => ServerProcess.StartAsync(
        ServerProcess.BuiltIn(Reference.Repository), site.Home, site.Root, new Dictionary<string, string>(StringComparer.Ordinal), "--Sandbox:TakeUpAfter", "1s");

    private static Task SaveAsync(ServerProcess server, JsonObject definition) =>
        server.PostAsync("/elsa/api/workflow-definitions", new JsonObject { ["model"] = definition, ["publish"] = true });

    private static async Task<string> RunAsync(ServerProcess server, string definitionId) =>
        (await server.PostAsync($"/elsa/api/workflow-definitions/{definitionId}/dispatch"))["workflowInstanceId"]!.GetValue<string>();

    private static async Task<string> StartedAsync(ServerProcess server) =>
        (await server.PostAsync("/workflows/load"))["workflowInstanceId"]!.GetValue<string>();

    private static Task UntilAsync(ServerProcess server, string run, string status) => TestServer.UntilAsync(
        () => server.GetAsync($"/elsa/api/workflow-instances/{run}/execution-state"), s => s["subStatus"]!.GetValue<string>() == status);

    private static async Task<int> TicksAsync(ServerProcess server) =>
        (await server.GetAsync("/elsa/api/workflow-instances?definitionId=tick&pageSize=1"))["totalCount"]!.GetValue<int>();

    private static string[] Lines(LoadSite site, string name)
    {
        var path = Path.Combine(site.Root, name);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    private static JsonObject Timer()
    {
        var timer = Definitions.Activity("t", "Elsa.Timer", ("interval", "00:00:01"));
        timer["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        return timer;
    }

    // It goes on until it is told that it is enough, and notes that it was started and every step.
    private static JsonObject Training() => Definitions.Activity(
        "train", "Sandbox.TrainModelHook", ("metaName", "train"), ("output", "[loss]"), ("extraConfigs",
            """
            type: command
            command: [sh, -c, 'echo $$ >> started; i=0; while [ ! -f enough ]; do i=$((i+1)); echo $i >> steps; echo step $i loss 0.5; sleep 0.1; done']
            watch: [{pattern: 'step (?<step>\d+) loss (?<loss>[.\d]+)'}]
            outputs: {loss: {metric: loss}}
            """));
}
