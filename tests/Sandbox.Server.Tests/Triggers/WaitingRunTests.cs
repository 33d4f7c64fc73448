using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Triggers;

/// <summary>Requests in the middle of a workflow.</summary>
public sealed class WaitingRunTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_run_waits_for_a_request_goes_on_with_it_and_answers_it()
    {
        await SaveAsync();
        var started = await _server.Http.PostAsJsonAsync("/workflows/orders", new { });
        (await started.Content.ReadAsStringAsync()).ShouldBe("ordered");

        var answer = await ApproveAsync(null);

        (answer.StatusCode, await answer.Content.ReadAsStringAsync()).ShouldBe((HttpStatusCode.OK, "approved"));
        var run = (await _server.GetAsync("/api/runs")).AsArray().ShouldHaveSingleItem()!["id"]!.GetValue<string>();
        (await _server.EndAsync(run)).ShouldBe("Finished");
        var wait = (await _server.GetAsync($"/elsa/api/activity-executions/list?workflowInstanceId={run}"))["items"]!.AsArray().Single(e => e!["activityId"]!.GetValue<string>() == "wait")!;
        wait["outputs"]!["RouteData"]!["id"]!.GetValue<string>().ShouldBe("7");
        (await _server.Http.PostAsJsonAsync("/workflows/orders/7/approve", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Of_several_runs_that_wait_the_one_that_is_named_goes_on()
    {
        await SaveAsync();
        foreach (var correlation in (string[])["one", "two"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/workflows/orders");
            request.Headers.Add("X-Correlation-Id", correlation);
            (await _server.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await TestServer.UntilAsync(() => _server.Http.PostAsJsonAsync("/workflows/orders/7/approve", new { }), r => r.StatusCode == HttpStatusCode.Conflict);
        (await ApproveAsync("two")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var runs = await TestServer.UntilAsync(() => _server.GetAsync("/elsa/api/workflow-instances"), p => p["items"]!.AsArray().Any(i => i!["status"]!.GetValue<string>() == "Finished"));
        runs["items"]!.AsArray().Single(i => i!["status"]!.GetValue<string>() == "Finished")!["correlationId"]!.GetValue<string>().ShouldBe("two");
    }

    // It waits a moment after its first answer.
    private Task<HttpResponseMessage> ApproveAsync(string? correlation) => TestServer.UntilAsync(
        () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/workflows/orders/7/approve");
            if (correlation is not null)
            {
                request.Headers.Add("X-Correlation-Id", correlation);
            }

            return _server.Http.SendAsync(request);
        },
        r => r.StatusCode != HttpStatusCode.NotFound);

    private Task SaveAsync()
    {
        var start = Endpoint("start", "orders");
        start["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        return _server.SaveAsync(Definitions.Flow(
            "orders", start, Definitions.Activity("ordered", "Elsa.WriteHttpResponse", ("content", "ordered")), Endpoint("wait", "orders/{id}/approve"),
            Definitions.Activity("approved", "Elsa.WriteHttpResponse", ("content", "approved"))));
    }

    private static JsonObject Endpoint(string id, string path) =>
        Definitions.Activity(id, "Elsa.HttpEndpoint", ("path", path), ("mode", "sync"), ("supportedMethods", "[\"POST\"]"));
}
