using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Elsa;

/// <summary>Runs over the API: started, watched, cancelled, tried again, deleted.</summary>
public sealed class InstanceApiTests : IAsyncLifetime
{
    private const string Api = "/elsa/api/workflow-instances";
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_demo_runs_and_everything_that_a_viewer_asks_for_is_there()
    {
        var saved = await _server.SaveAsync(Definitions.QuickDemo());
        var id = await _server.RunAsync(saved["workflowDefinition"]!["definitionId"]!.GetValue<string>());

        (await _server.EndAsync(id)).ShouldBe("Finished");

        var instance = await _server.GetAsync($"{Api}/{id}");
        instance["incidentCount"]!.GetValue<int>().ShouldBe(0);
        instance["workflowState"]!["status"]!.GetValue<string>().ShouldBe("Finished");
        var nodes = instance["definitionVersionId"]!.GetValue<string>();
        var definition = await _server.GetAsync($"/elsa/api/workflow-definitions/by-id/{nodes}");
        var stages = definition["root"]!["activities"]!.AsArray().Select(a => a!["nodeId"]!.DeepClone()).ToArray();
        var report = await _server.PostAsync(
            "/elsa/api/activity-executions/report",
            new JsonObject { ["workflowInstanceId"] = id, ["activityNodeIds"] = new JsonArray(stages) });
        report["stats"]!.AsArray().Count.ShouldBe(stages.Length);
        report["stats"]!.AsArray().ShouldAllBe(s => s!["completedCount"]!.GetValue<int>() == 1 && !s["isFaulted"]!.GetValue<bool>());
        var job = definition["root"]!["activities"]![0]!["activities"]![0]!["nodeId"]!.GetValue<string>();
        var records = await _server.GetAsync($"/elsa/api/activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId={job}");
        var record = records["items"]!.AsArray().ShouldHaveSingleItem()!;
        record["activityState"]!["DjConfigs"].ShouldNotBeNull();
        record["outputs"]!["Result"].ShouldNotBeNull();
        record["completedAt"].ShouldNotBeNull();
        var stack = await _server.GetAsync($"/elsa/api/activity-executions/{record["id"]}/call-stack?includeCrossWorkflowChain=True");
        stack["items"]!.AsArray().Count.ShouldBeGreaterThan(2);
        var journal = await _server.PostAsync(
            $"{Api}/{id}/journal?skip=0&take=110",
            new JsonObject { ["filter"] = new JsonObject { ["activityNodeIds"] = new JsonArray(job), ["excludedActivityTypes"] = new JsonArray("Elsa.Workflow") } });
        journal["items"]!.AsArray().Select(e => e!["eventName"]!.GetValue<string>()).ShouldBe(["Started", "Completed"]);
        var way = await _server.GetAsync($"/elsa/api/workflow-definitions/subgraph/segments/{nodes}?childNodeId={job}");
        way["pathSegments"]!.AsArray().ShouldHaveSingleItem()!["portName"]!.GetValue<string>().ShouldBe("__self");
    }

    [Fact]
    public async Task Badges_change_while_somebody_looks()
    {
        await _server.SaveAsync(Definitions.Flow("wait", Definitions.Line("a"), Definitions.Activity("b", "Elsa.Event", ("eventName", "go")), Definitions.Line("c")));
        var id = await _server.RunAsync("wait");
        await using var hub = new HubConnectionBuilder().WithUrl($"{_server.Address}/elsa/hubs/workflow-instance").Build();
        var done = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.On<JsonObject>("ActivityExecutionLogUpdatedAsync", message =>
        {
            if (message["stats"]!.AsArray().Any(s => s!["activityId"]!.GetValue<string>() == "c" && s["completedCount"]!.GetValue<int>() == 1))
            {
                done.TrySetResult(message);
            }
        });
        await hub.StartAsync();
        await hub.SendAsync("ObserveInstanceAsync", id);
        await TestServer.UntilAsync(() => _server.GetAsync($"{Api}/{id}/execution-state"), s => s["subStatus"]!.GetValue<string>() == "Suspended");

        await _server.PostAsync("/elsa/api/events/go/publish");

        await done.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_faulted_run_shows_its_incident_and_goes_on_when_tried_again()
    {
        var missing = Path.Combine(_server.Root, "work", "late.jsonl");
        await _server.SaveAsync(Definitions.Flow("late", Definitions.Activity(
            "p", "Sandbox.ProcessDataHook", ("djConfigs", $"dataset_path: {missing}\nexport_path: ./out.jsonl\nprocess:\n  - whitespace_normalization_mapper:\n"))));
        var id = await _server.RunAsync("late");
        (await _server.EndAsync(id)).ShouldBe("Faulted");
        var incidents = (await _server.GetAsync($"{Api}/{id}"))["workflowState"]!["incidents"]!.AsArray();
        incidents.ShouldHaveSingleItem()!["message"]!.GetValue<string>().ShouldContain("late.jsonl");

        await File.WriteAllTextAsync(missing, "{\"text\": \"a  b\"}\n");
        var retry = await _server.PostAsync("/elsa/api/alterations/workflows/retry", new JsonObject { ["workflowInstanceIds"] = new JsonArray(id) });
        retry["results"]![0]!["isSuccessful"]!.GetValue<bool>().ShouldBeTrue();

        await TestServer.UntilAsync(
            () => _server.GetAsync($"{Api}/{id}/execution-state"), s => s["subStatus"]!.GetValue<string>() == "Finished");
    }

    [Fact]
    public async Task Instances_are_listed_cancelled_and_deleted()
    {
        await _server.SaveAsync(Definitions.Flow("wait", Definitions.Activity("b", "Elsa.Event", ("eventName", "never"))));
        await _server.SaveAsync(Definitions.Flow("line", Definitions.Line("a")));
        var (waiting, ended) = (await _server.RunAsync("wait"), await _server.RunAsync("line"));
        await _server.EndAsync(ended);

        var running = await _server.PostAsync(Api, new JsonObject { ["statuses"] = new JsonArray("Running"), ["pageSize"] = 10 });
        running["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(waiting);
        (await _server.PostAsync(Api, new JsonObject { ["definitionIds"] = new JsonArray("line"), ["searchTerm"] = ended[..6] }))["totalCount"]!.GetValue<int>().ShouldBe(1);
        await _server.PostAsync($"/elsa/api/cancel/workflow-instances/{waiting}");
        (await _server.EndAsync(waiting)).ShouldBe("Cancelled");
        await TestServer.UntilAsync(() => _server.Http.DeleteAsync($"{Api}/{waiting}"), r => r.StatusCode == HttpStatusCode.NoContent);
        var deleted = await _server.PostAsync("/elsa/api/bulk-actions/delete/workflow-instances/by-id", new JsonObject { ["ids"] = new JsonArray(ended, waiting) });
        deleted["deleted"]!.GetValue<int>().ShouldBe(1);
        (await _server.GetAsync(Api))["totalCount"]!.GetValue<int>().ShouldBe(0);
        (await _server.GetAsync("/api/runs")).AsArray().ShouldBeEmpty();
        (await _server.Http.GetAsync($"{Api}/{ended}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_server_that_was_stopped_goes_on_with_what_waits()
    {
        await _server.SaveAsync(Definitions.Flow("wait", Definitions.Activity("b", "Elsa.Event", ("eventName", "go")), Definitions.Activity("d", "Elsa.Delay", ("timeSpan", "00:00:02")), Definitions.Line("c")));
        var id = await _server.RunAsync("wait");
        await TestServer.UntilAsync(() => _server.GetAsync($"{Api}/{id}/execution-state"), s => s["subStatus"]!.GetValue<string>() == "Suspended");
        await _server.App.StopAsync();

        await using var next = await TestServer.StartAsync(_server.Root);
        await next.PostAsync("/elsa/api/events/go/publish");

        (await next.EndAsync(id)).ShouldBe("Finished");
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task An_id_that_would_leave_the_home_is_refused(string id)
    {
        await _server.SaveAsync(Definitions.Flow("line", Definitions.Line("a")));

        var answer = await _server.Http.PostAsync(
            "/elsa/api/workflow-definitions/line/dispatch",
            new StringContent(new JsonObject { ["instanceId"] = id }.ToJsonString()));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
