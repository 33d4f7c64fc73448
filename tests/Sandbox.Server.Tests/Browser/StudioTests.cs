using Microsoft.Playwright;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Browser;

/// <summary>The real Elsa Studio in a real browser.</summary>
public sealed class StudioTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    [Fact]
    public Task The_compiled_demo_opens_in_the_designer_and_runs_live() => fixture.TryAsync(async () =>
    {
        var saved = await fixture.Server.SaveAsync(Definitions.QuickDemo());
        var definitionId = saved["workflowDefinition"]!["definitionId"]!.GetValue<string>();

        await fixture.GoAsync("/definitions");
        await fixture.Studio.GetByText("demo / demo-quick").First.WaitForAsync();
        await fixture.ShootAsync("definitions");
        await fixture.Studio.GetByText("demo / demo-quick").First.ClickAsync();
        await fixture.Page.WaitForURLAsync($"**/definitions/{definitionId}");
        await fixture.Studio.Locator(".x6-node").First.WaitForAsync();
        await fixture.ShootAsync("editor");

        await fixture.Studio.Locator(".mud-success-text").First.ClickAsync();
        await fixture.Page.WaitForURLAsync("**/instances/*");
        await fixture.Studio.Locator(".x6-node").First.WaitForAsync();
        await fixture.ShootAsync("viewer");
        await fixture.Server.EndAsync(fixture.Page.Url.Split('/')[^1]);
        await fixture.ShootAsync("viewer-end");
        fixture.Errors.ShouldBeEmpty();
    });
}
