using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sandbox.Server.Tests.Testing;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Tests.Triggers;

/// <summary>Workflows that requests start.</summary>
public sealed class HttpTriggerTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task An_asynchronous_one_answers_at_once_with_the_runs_address()
    {
        await _server.SaveAsync(Definitions.Flow("start", Endpoint("jobs/{kind}", "async"), Definitions.Line("l")));

        var answer = await _server.Http.PostAsJsonAsync("/workflows/jobs/small?seed=7", new { rows = 5 });

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["workflowInstanceId"]!.GetValue<string>();
        answer.Headers.Location!.ToString().ShouldBe($"/runs/{id}");
        (await _server.EndAsync(id)).ShouldBe("Finished");
        var input = (await _server.GetAsync($"/elsa/api/workflow-instances/{id}"))["workflowState"]!["input"]!;
        (input["kind"]!.GetValue<string>(), input["seed"]!.GetValue<string>(), input["rows"]!.GetValue<int>()).ShouldBe(("small", "7", 5));
    }

    [Fact]
    public async Task A_synchronous_one_answers_with_what_the_workflow_writes()
    {
        var respond = Definitions.Activity("r", "Elsa.WriteHttpResponse", ("statusCode", "201"), ("contentType", "application/json"));
        respond["content"] = new JsonObject
        {
            ["typeName"] = "Object",
            ["expression"] = new JsonObject { ["type"] = "Input", ["value"] = "rows" },
        };
        var flow = Definitions.Flow("echo", Endpoint("echo", "sync"), respond, Definitions.Line("after"));
        flow["inputs"] = new JsonArray(new JsonObject { ["name"] = "rows", ["type"] = "Object" });
        await _server.SaveAsync(flow);

        var answer = await _server.Http.PostAsJsonAsync("/workflows/echo", new { rows = (int[])[1, 2] });

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("[1,2]");
    }

    [Fact]
    public async Task What_starts_nothing_or_sends_no_json_is_refused()
    {
        await _server.SaveAsync(Definitions.Flow("start", Endpoint("jobs", "async"), Definitions.Line("l")));

        (await _server.Http.GetAsync("/workflows/jobs")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _server.Http.PostAsJsonAsync("/workflows/other", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _server.Http.PostAsync("/workflows/jobs", new StringContent("{"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await _server.PostAsync("/elsa/api/workflow-definitions/start/retract");
        (await _server.Http.PostAsJsonAsync("/workflows/jobs", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Started_by_hand_the_workflow_begins_at_its_start()
    {
        var flow = Definitions.Flow("both", Definitions.Activity("s", "Elsa.Start"), Definitions.Line("l"));
        flow["root"]!["activities"]!.AsArray().Insert(0, Endpoint("both", "async"));
        flow["root"]!["connections"]!.AsArray().Add(new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = "http", ["port"] = "Done" },
            ["target"] = new JsonObject { ["activity"] = "l", ["port"] = "In" },
        });
        await _server.SaveAsync(flow);

        (await _server.EndAsync(await _server.RunAsync("both"))).ShouldBe("Finished");
        var answer = await _server.PostAsync("/workflows/both");
        (await _server.EndAsync(answer["workflowInstanceId"]!.GetValue<string>())).ShouldBe("Finished");
    }

    [Fact]
    public async Task With_keys_on_only_one_that_says_so_does_without()
    {
        await using var server = await TestServer.StartAsync(null, "--Sandbox:RequiresKeys", "true");
        var keys = server.App.Services.GetRequiredService<ApiKeys>();
        var edit = (await keys.CreateAsync("test", AccessScopes.Edit, null, CancellationToken.None)).Text;
        var run = (await keys.CreateAsync("test", AccessScopes.Run, null, CancellationToken.None)).Text;
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", edit);
        await server.SaveAsync(Definitions.Flow("closed", Endpoint("closed", "async"), Definitions.Line("l")));
        var open = Endpoint("open", "async");
        open["authorize"] = new JsonObject { ["typeName"] = "Boolean", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "False" } };
        await server.SaveAsync(Definitions.Flow("open", open, Definitions.Line("l")));
        server.Http.DefaultRequestHeaders.Authorization = null;

        (await server.Http.PostAsJsonAsync("/workflows/closed", new { })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.Http.PostAsJsonAsync("/workflows/open", new { })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("ApiKey", run);
        (await server.Http.PostAsJsonAsync("/workflows/closed", new { })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static JsonObject Endpoint(string path, string mode)
    {
        var activity = Definitions.Activity("http", "Elsa.HttpEndpoint", ("path", path), ("mode", mode), ("supportedMethods", "[\"POST\"]"));
        activity["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        return activity;
    }
}
