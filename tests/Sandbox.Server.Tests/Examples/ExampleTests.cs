using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Examples;

/// <summary>The workflows that ship are imported through the API, and run.</summary>
public sealed class ExampleTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_one_that_starts_by_http_answers_with_what_it_made()
    {
        await ImportAsync("start-by-http");

        var answer = await _server.Http.PostAsJsonAsync("/workflows/clean", new { });

        var text = await answer.Content.ReadAsStringAsync();
        // The answer does not wait for the files to be published.
        var path = JsonNode.Parse(text)!["cleaned"]!.GetValue<string>();
        await TestServer.UntilAsync(() => Task.FromResult(File.Exists(path)), there => there);
    }

    [Fact]
    public async Task The_one_that_starts_by_cron_is_due_at_three_in_the_morning_and_runs()
    {
        await ImportAsync("start-by-cron");

        var due = (await _server.App.Services.GetRequiredService<Sandbox.Engine.Triggers.TriggerStore>().OfTypeAsync("Elsa.Cron", CancellationToken.None)).ShouldHaveSingleItem();
        var berlin = TimeZoneInfo.ConvertTime(due.NextAt!.Value, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        (berlin.Hour, berlin.Minute).ShouldBe((3, 0));
        (await _server.EndAsync(await _server.RunAsync("start-by-cron"))).ShouldBe("Finished");
    }

    [Fact]
    public async Task The_one_with_three_recipes_works_them_side_by_side_and_compares_them()
    {
        await ImportAsync("three-recipes");
        var runId = await _server.RunAsync("three-recipes");

        (await _server.EndAsync(runId)).ShouldBe("Finished");

        var run = await TestServer.UntilAsync(() => _server.GetAsync($"/api/runs/{runId}"), r => r["state"]!.GetValue<string>() == "finished");
        var jobs = run["jobs"]!.AsArray().ToDictionary(j => j!["metaName"]!.GetValue<string>(), j => j!);
        var groups = jobs["compare"]["outputs"]!["comparison"]!.ToJsonString();
        groups.ShouldContain("strict");
        var starts = ((string[])["loose", "middle", "strict"]).Select(n => jobs[$"process_{n}"]["startedAt"]!.GetValue<DateTimeOffset>());
        var firstEnd = ((string[])["loose", "middle", "strict"]).Min(n => jobs[$"tune_{n}"]["endedAt"]!.GetValue<DateTimeOffset>());
        starts.ShouldAllBe(s => s < firstEnd);
    }

    private async Task ImportAsync(string name)
    {
        var file = await File.ReadAllTextAsync(Path.Combine(Reference.Repository, "workflows", $"{name}.json"));
        await _server.PostAsync("/elsa/api/workflow-definitions/import", JsonNode.Parse(file));
        await _server.PostAsync($"/elsa/api/workflow-definitions/{name}/publish");
    }
}
