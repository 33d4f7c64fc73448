using Microsoft.Playwright;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Browser;

/// <summary>The real Elsa Studio in a real browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StudioTests(StudioFixture fixture)
{
    private const string Success = ".mud-badge.mud-theme-success";

    private IFrameLocator Studio => fixture.Studio;

    [Fact]
    public Task The_compiled_demo_is_changed_published_and_run_and_lights_up_without_a_reload() => fixture.TryAsync(async () =>
    {
        var definitionId = (await fixture.Server.SaveAsync(Definitions.QuickDemo(), publish: false))["workflowDefinition"]!["definitionId"]!.GetValue<string>();
        await fixture.GoAsync("/definitions");
        await Studio.GetByText("demo / demo-quick").First.ClickAsync();
        await fixture.AtAsync($"/definitions/{definitionId}");
        await Node("Execute").DblClickAsync();
        await Node("train_raw").ClickAsync();
        await SavedAsync(async () =>
        {
            await Field("Timeout").FillAsync("2h");
            await Field("Timeout").PressAsync("Tab");
        });
        await fixture.ShootAsync("editor");
        await SavedAsync(() => Studio.Locator("button.mud-icon-button.mud-primary-text").First.ClickAsync());
        (await fixture.Page.Locator("#notice").IsVisibleAsync()).ShouldBeFalse();
        var published = await fixture.Server.GetAsync($"/elsa/api/workflow-definitions/by-definition-id/{definitionId}?versionOptions=Published");
        published["root"]!["activities"]!.AsArray().SelectMany(s => s!["activities"]!.AsArray())
            .Single(a => a!["name"]!.GetValue<string>() == "train_raw")!["timeout"]!.ToJsonString().ShouldBe("{\"typeName\":\"String\",\"expression\":{\"type\":\"Literal\",\"value\":\"2h\"},\"memoryReference\":null}");

        await fixture.Page.EvaluateAsync("() => { window.stays = true; document.getElementById('studio').contentWindow.stays = true; }");
        await Studio.Locator(".mud-icon-button.mud-success-text").First.ClickAsync();
        await fixture.AtAsync("/instances/");
        await Node("Evaluate").Locator(Success).WaitForAsync();
        await fixture.ShootAsync("viewer-end");
        (await fixture.Page.EvaluateAsync<bool>("() => window.stays && document.getElementById('studio').contentWindow.stays")).ShouldBeTrue();

        await Node("Execute").DblClickAsync();
        await Node("train_raw").Locator(Success).WaitForAsync();
        await Node("train_raw").ClickAsync();
        await Studio.GetByText("train_dataset", new() { Exact = false }).First.WaitForAsync();
        await Studio.GetByText("raw.arpa", new() { Exact = false }).First.WaitForAsync();
        await fixture.ShootAsync("viewer-activity");
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
    public Task A_workflow_is_built_from_the_toolbox_and_runs() => fixture.TryAsync(async () =>
    {
        await fixture.Server.SaveAsync(Definitions.Flow("built"), publish: false);
        await fixture.GoAsync("/definitions/built");
        await Studio.GetByText("Console", new() { Exact = true }).ClickAsync();
        await SavedAsync(() => DropAsync("Write Line", 150, 120));
        await SavedAsync(() => DropAsync("Write Line", 480, 120));
        await SavedAsync(ConnectAsync);
        // What was dropped last is chosen.
        await SavedAsync(async () =>
        {
            await Field("Text").FillAsync("from the toolbox");
            await Field("Text").PressAsync("Tab");
        });
        await fixture.ShootAsync("built");

        await Studio.Locator(".mud-icon-button.mud-success-text").First.ClickAsync();
        await fixture.AtAsync("/instances/");
        var runId = fixture.Page.Url.Split('/')[^1];
        (await fixture.Server.EndAsync(runId)).ShouldBe("Finished");
        var ran = await fixture.Server.GetAsync($"/elsa/api/activity-executions/list?workflowInstanceId={runId}");
        ran["items"]!.AsArray().Where(e => e!["activityType"]!.GetValue<string>() == "Elsa.WriteLine")
            .Select(e => e!["activityState"]!["Text"]?.ToString() ?? string.Empty).ShouldBe([string.Empty, "from the toolbox"], ignoreOrder: true);
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

    private ILocator Node(string text) => Studio.Locator(".x6-node").Filter(new() { HasText = text }).First;

    // Studio does not tie its labels to their inputs.
    private ILocator Field(string label) => Studio.Locator(".mud-input-control")
        .Filter(new() { Has = Studio.Locator("label").GetByText(label, new() { Exact = true }) }).Locator("input, textarea").First;

    private Task DropAsync(string tool, float x, float y) => Studio.Locator(".mud-paper.cursor-grab").Filter(new() { HasText = tool }).First
        .DragToAsync(Studio.Locator(".x6-graph").First, new LocatorDragToOptions { TargetPosition = new TargetPosition { X = x, Y = y } });

    private async Task ConnectAsync()
    {
        var from = await CentreAsync(Studio.Locator(".x6-port-out .elsa-designer-port-hit-area").First);
        var to = await CentreAsync(Studio.Locator(".x6-port-in .elsa-designer-port-hit-area").Nth(1));
        await fixture.Page.Mouse.MoveAsync(from.X, from.Y);
        await fixture.Page.Mouse.DownAsync();
        await fixture.Page.Mouse.MoveAsync((from.X + to.X) / 2, from.Y, new MouseMoveOptions { Steps = 5 });
        await fixture.Page.Mouse.MoveAsync(to.X, to.Y, new MouseMoveOptions { Steps = 5 });
        await fixture.Page.Mouse.UpAsync();
    }

    private static async Task<(float X, float Y)> CentreAsync(ILocator locator)
    {
        var box = (await locator.BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    // An editor saves half a second after a change, and shows what it got back.
    private async Task SavedAsync(Func<Task> change)
    {
        var saved = await fixture.Page.RunAndWaitForResponseAsync(
            change,
            r => r.Request.Method == "POST" && r.Url.EndsWith("/elsa/api/workflow-definitions", StringComparison.Ordinal),
            new() { Timeout = StudioFixture.Patience });
        saved.Status.ShouldBe(200, await saved.TextAsync());
    }
}
