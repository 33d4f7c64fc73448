using Microsoft.Playwright;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Browser;

/// <summary>The real Elsa Studio in a real browser.</summary>
public sealed class StudioTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private IFrameLocator Studio => fixture.Studio;

    [Fact]
    public Task The_compiled_demo_opens_in_the_designer_and_runs_live() => fixture.TryAsync(async () =>
    {
        var saved = await fixture.Server.SaveAsync(Definitions.QuickDemo());
        var definitionId = saved["workflowDefinition"]!["definitionId"]!.GetValue<string>();
        await fixture.GoAsync("/definitions");
        await Studio.GetByText("demo / demo-quick").First.ClickAsync();
        await fixture.Page.WaitForURLAsync($"**/definitions/{definitionId}");
        await Studio.Locator(".x6-node").First.WaitForAsync();
        await fixture.ShootAsync("editor");

        await Studio.Locator(".mud-success-text").First.ClickAsync();
        await fixture.Page.WaitForURLAsync("**/instances/*");
        await Studio.Locator(".x6-node").First.WaitForAsync();
        await fixture.ShootAsync("viewer");
        var runId = fixture.Page.Url.Split('/')[^1];
        await fixture.Server.EndAsync(runId);
        await fixture.ShootAsync("viewer-end");
        fixture.Errors.ShouldBeEmpty();
    });

    [Fact]
    public Task A_failing_job_shows_its_incident() => fixture.TryAsync(async () =>
    {
        await fixture.Server.SaveAsync(Definitions.Flow("failing", Definitions.Activity(
            "p", "Sandbox.ProcessDataHook", ("djConfigs", "dataset_path: gone.jsonl\nexport_path: ./out.jsonl\nprocess:\n  - whitespace_normalization_mapper:\n"))));
        var runId = await fixture.Server.RunAsync("failing");
        await fixture.Server.EndAsync(runId);

        await fixture.GoAsync($"/instances/{runId}");
        await Studio.GetByRole(AriaRole.Tab, new() { Name = "Incidents" }).ClickAsync();
        await Studio.GetByText("gone.jsonl").First.WaitForAsync();
        await fixture.ShootAsync("incident");
        fixture.Errors.ShouldBeEmpty();
    });

    [Fact]
    public Task Once_booted_another_screen_needs_no_second_boot() => fixture.TryAsync(async () =>
    {
        await fixture.Server.SaveAsync(Definitions.Flow("again", Definitions.Line("a")));
        await fixture.GoAsync("/definitions/again");
        await Studio.Locator(".x6-node").First.WaitForAsync();
        var asked = new List<string>();
        fixture.Page.Request += (_, request) => asked.Add(request.Url);

        await fixture.GoAsync("/");
        await fixture.Page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await fixture.ShootAsync("overview");
        await fixture.GoAsync("/definitions/again");
        await Studio.Locator(".x6-node").First.WaitForAsync();

        asked.Where(u => u.Contains("/_framework/", StringComparison.Ordinal)).ShouldBeEmpty();
    });
}
