using Microsoft.Playwright;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Browser;

/// <summary>The shell's own pages in a real browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RunPageTests(StudioFixture fixture)
{
    private const string Recipe = "export_path: ./out.jsonl\nprocess:\n  - whitespace_normalization_mapper:\n";

    private IPage Page => fixture.Page;

    [Fact]
    public Task A_run_is_cancelled_on_its_page() => fixture.TryAsync(async () =>
    {
        await fixture.Server.SaveAsync(Definitions.Flow("endless", Definitions.Activity("t", "Sandbox.TrainModelHook", ("metaName", "endless"), ("extraConfigs",
            "type: command\ncommand: [sh, -c, 'echo it goes on; while :; do sleep 0.2; done']\n"))));
        var runId = await fixture.Server.RunAsync("endless");

        await fixture.GoAsync($"/runs/{runId}");
        await Page.Locator("[data-log='command/stdout']").ClickAsync();
        await Page.Locator("pre.log").GetByText("it goes on").WaitForAsync();
        await fixture.ShootAsync("run-live");
        await Page.Locator("[data-action=cancel]").ClickAsync();
        await Page.Locator("#summary .state.cancelled").WaitForAsync();

        (await fixture.Server.EndAsync(runId)).ShouldBe("Cancelled");
        fixture.Errors.ShouldBeEmpty();
    });

    [Fact]
    public Task A_failed_run_is_tried_again_on_its_page_and_shows_the_end_without_a_reload() => fixture.TryAsync(async () =>
    {
        var missing = Path.Combine(fixture.Server.Root, "work", "late.jsonl");
        await fixture.Server.SaveAsync(Definitions.Flow("late", Definitions.Activity("p", "Sandbox.ProcessDataHook", ("metaName", "late"), ("djConfigs", $"dataset_path: {missing}\n{Recipe}"))));
        var runId = await fixture.Server.RunAsync("late");
        await fixture.GoAsync($"/runs/{runId}");
        await Page.Locator("#summary .state.failed").WaitForAsync();
        await Page.Locator("pre.failure").GetByText("late.jsonl").First.WaitForAsync();
        await Page.Locator("pre.log .bad").First.WaitForAsync();
        await fixture.ShootAsync("run-failed");

        await File.WriteAllTextAsync(missing, "{\"text\": \"a  b\"}\n");
        await Page.Locator("[data-action=retry]").ClickAsync();

        await Page.Locator("#summary .state.finished").WaitForAsync();
        await Page.Locator("tr[data-job] .state.finished").WaitForAsync();
        fixture.Errors.ShouldBeEmpty();
    });

    [Fact]
    public Task Pages_fit_wide_and_narrow_light_and_dark() => fixture.TryAsync(async () =>
    {
        var saved = await fixture.Server.SaveAsync(Definitions.QuickDemo());
        var demo = await fixture.Server.RunAsync(saved["workflowDefinition"]!["definitionId"]!.GetValue<string>());
        var flow = Definitions.Flow("many", [.. Enumerable.Range(0, 300).Select(Job)]);
        flow["name"] = "many <img src=x onerror=alert(1)>";
        await fixture.Server.SaveAsync(flow);
        var many = await fixture.Server.RunAsync("many");
        (await fixture.Server.EndAsync(demo)).ShouldBe("Finished");
        (await fixture.Server.EndAsync(many)).ShouldBe("Faulted");
        (string Name, string Path, string Shown)[] pages =
        [
            ("overview", "/", ".figure"), ("runs", "/runs", "tbody tr"), ("run", $"/runs/{demo}", "pre.log span"), ("run-300", $"/runs/{many}", "pre.log span"),
            ("metrics", $"/runs/{demo}#metrics", "canvas"), ("results", $"/runs/{demo}#context", "tbody tr"), ("files", $"/runs/{demo}#files", "tbody tr"),
            ("config", $"/runs/{demo}#settings", "dd"), ("report", $"/runs/{demo}#report", "iframe.report"),
            ("compare", $"/compare?run={demo}&run={many}", "canvas"), ("compare-none", "/compare", ".empty"),
            ("data", $"/data?run={demo}", "article"), ("data-none", $"/data?run={many}", ".empty"), ("environments", "/environments", ".card"), ("settings", "/settings", "dd"),
        ];
        foreach (var (width, height) in ((int, int)[])[(1600, 1000), (900, 1000)])
        {
            foreach (var theme in (string[])["light", "dark"])
            {
                await Page.SetViewportSizeAsync(width, height);
                await Page.EvaluateAsync("name => { if (document.documentElement.dataset.theme !== name) document.getElementById('theme').click(); }", theme);
                foreach (var (name, path, shown) in pages)
                {
                    await fixture.GoAsync(path);
                    await Page.Locator($"#page {shown}").First.WaitForAsync();
                    await fixture.ShootAsync($"page-{name}-{width}-{theme}");
                    (await Page.EvaluateAsync<int>("() => { const p = document.getElementById('page'); return p.scrollWidth - p.clientWidth; }"))
                        .ShouldBeLessThanOrEqualTo(0, $"{name} at {width} is wider than its window");
                }
            }
        }

        await Page.SetViewportSizeAsync(1600, 1000);
        fixture.Errors.ShouldBeEmpty();
    });

    // The sixtieth fails: a run of all states.
    private static System.Text.Json.Nodes.JsonObject Job(int number) => Definitions.Activity(
        $"j{number}", "Sandbox.ProcessDataHook", ("metaName", $"process_{number:D3}"),
        ("djConfigs", $"dataset_path: ./configs/demo/corpus/slice/{(number == 59 ? "<b>gone</b>" : "tune")}.jsonl\n{Recipe}"));
}
