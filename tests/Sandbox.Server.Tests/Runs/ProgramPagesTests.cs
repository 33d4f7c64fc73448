using System.Text.Json.Nodes;
using Sandbox.Environments.Python;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Runs;

/// <summary>Programs of jobs and their environments, as the pages show them.</summary>
public sealed class ProgramPagesTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task What_a_program_prints_can_be_followed_and_its_metrics_come_while_it_runs()
    {
        var go = Path.Combine(_server.Root, "go");
        var job = Definitions.Activity("t", "Sandbox.TrainModelHook", ("metaName", "train"), ("output", "[loss]"), ("extraConfigs",
            "type: command\ncommand: [sh, -c, 'echo step 1 loss 0.5; while [ ! -f " + go + " ]; do sleep 0.1; done; echo step 2 loss 0.25']\n"
            + "watch: [{pattern: 'step (?<step>\\d+) loss (?<loss>[.\\d]+)'}]\noutputs: {loss: {metric: loss}}\n"));
        await _server.SaveAsync(Definitions.Flow("program", job));
        var runId = await _server.RunAsync("program");

        var run = await TestServer.UntilAsync(() => _server.GetAsync($"/api/runs/{runId}"), r => r["jobs"]![0]!["state"]!.GetValue<string>() == "running");
        var path = $"/api/runs/{runId}/jobs/{run["jobs"]![0]!["id"]}";
        await TestServer.UntilAsync(() => _server.GetAsync($"{path}/logs"), l => l.AsArray().Any(s => s!["name"]!.GetValue<string>().EndsWith("/stdout", StringComparison.Ordinal)));
        var metrics = await TestServer.UntilAsync(() => _server.GetAsync($"/api/runs/{runId}/metrics"), m => m["values"]!.AsArray().Count > 0);
        metrics["values"]![0]!["value"]!.GetValue<double>().ShouldBe(0.5);
        var first = await _server.GetAsync($"{path}/log?name=command/stdout");
        (first["text"]!.GetValue<string>(), first["isRunning"]!.GetValue<bool>()).ShouldBe(("step 1 loss 0.5\n", true));

        await File.WriteAllTextAsync(go, string.Empty);
        (await _server.EndAsync(runId)).ShouldBe("Finished");
        (await _server.GetAsync($"{path}/log?name=command/stdout&from={first["next"]}"))["text"]!.GetValue<string>().ShouldBe("step 2 loss 0.25\n");
        (await _server.GetAsync($"/api/runs/{runId}/metrics?after={metrics["next"]}"))["values"]!.AsArray().ShouldHaveSingleItem()!["value"]!.GetValue<double>().ShouldBe(0.25);
    }

    [Fact]
    public async Task An_environment_that_a_job_used_is_listed_with_what_was_installed()
    {
        var job = Definitions.Activity("t", "Sandbox.TrainModelHook", ("metaName", "train"), ("extraConfigs",
            "type: command\ncommand: [python, -c, 'print(1)']\nenv_manager: venv\nenv_name: " + Path.Combine(_server.Root, "env") + "\n"));
        await _server.SaveAsync(Definitions.Flow("env", job));
        var runId = await _server.RunAsync("env");
        (await _server.EndAsync(runId)).ShouldBe("Finished");

        var found = await _server.GetAsync("/api/environments");

        var freeze = found["freezes"]!.AsArray().ShouldHaveSingleItem()!;
        (freeze["runId"]!.GetValue<string>(), freeze["manager"]!.GetValue<string>()).ShouldBe((runId, "venv"));
        freeze["python"]!.GetValue<string>().ShouldStartWith("Python 3");
        found["known"]!.AsArray().ShouldContain(e => e!["name"]!.GetValue<string>() == freeze["environment"]!.GetValue<string>());
        var environments = _server.App.Services.GetRequiredService<PythonEnvironments>();
        await environments.RemoveAsync(new EnvironmentSpec { Manager = "venv", Name = Path.Combine(_server.Root, "env") }, _ => { }, CancellationToken.None);
    }

    [Fact]
    public async Task Settings_and_keys_are_looked_after()
    {
        var settings = await _server.GetAsync("/api/settings");
        settings["home"]!.GetValue<string>().ShouldBe(_server.Home);
        var made = await _server.PostAsync("/api/keys", new JsonObject { ["name"] = "ci", ["scopes"] = new JsonArray("read", "run"), ["expiresInDays"] = 3 });
        made["text"]!.GetValue<string>().ShouldStartWith("sbx_");
        var listed = (await _server.GetAsync("/api/keys")).AsArray().ShouldHaveSingleItem()!;
        (listed["name"]!.GetValue<string>(), listed["scopes"]!.GetValue<string>()).ShouldBe(("ci", "Read, Run"));
        listed.ToJsonString().ShouldNotContain(made["text"]!.GetValue<string>());
        (await _server.Http.DeleteAsync($"/api/keys/{made["id"]}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        var refused = await _server.Http.PostAsync("/api/keys", new StringContent("{\"name\": \"x\", \"scopes\": [\"all\"]}"));
        refused.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }
}
