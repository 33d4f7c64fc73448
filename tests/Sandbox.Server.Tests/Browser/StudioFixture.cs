using System.Collections.Concurrent;
using Microsoft.Playwright;
using Sandbox.Server.Tests.Testing;

namespace Sandbox.Server.Tests.Browser;

/// <summary>One server, one browser and one page with Studio booted, for all browser tests.</summary>
public sealed class StudioFixture : IAsyncLifetime
{
    /// <summary>Slow machines boot Studio slowly.</summary>
    public const float Patience = 120_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage", "--no-first-run",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public TestServer Server { get; private set; } = null!;

    public IPage Page { get; private set; } = null!;

    /// <summary>What stood in the browser's console as an error, and what was asked of other hosts.</summary>
    public ConcurrentQueue<string> Errors { get; } = [];

    public IFrameLocator Studio => Page.FrameLocator("#studio");

    /// <summary>Where screenshots are kept: <c>SANDBOX_ARTIFACTS</c>, else beside the tests.</summary>
    public static string Artifacts { get; } = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("SANDBOX_ARTIFACTS") is { Length: > 0 } given
            ? given
            : Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;

    public async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("SANDBOX_CHROMIUM") ?? "/usr/bin/chromium",
            Args = Arguments,
        });
        Page = await NewPageAsync();
        await Page.GotoAsync(Server.Address);
    }

    /// <summary>A page of its own session whose errors are gathered.</summary>
    public async Task<IPage> NewPageAsync()
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1600, Height = 1000 },
        });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Errors.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => Errors.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Server.Address, StringComparison.Ordinal) && request.Url.StartsWith("http", StringComparison.Ordinal))
            {
                Errors.Enqueue($"asked elsewhere: {request.Url}");
            }
        };
        return page;
    }

    /// <summary>Goes to a page of the shell without loading it anew.</summary>
    public Task GoAsync(string path) => Page.EvaluateAsync(
        "path => { const a = document.createElement('a'); a.href = path; document.body.append(a); a.click(); a.remove(); }", path);

    /// <summary>Waits until the page is at a path that begins so. No document is loaded for it, so there is no event to wait for.</summary>
    public Task AtAsync(string path) => Page.WaitForFunctionAsync("path => location.pathname.startsWith(path)", path);

    /// <summary>Keeps what the page looks like.</summary>
    public Task ShootAsync(string name, IPage? page = null) => (page ?? Page).ScreenshotAsync(
        new PageScreenshotOptions { Path = Path.Combine(Artifacts, $"{name}.png") });

    /// <summary>Runs a test; where it fails, what the page looked like and complained of is kept.</summary>
    public async Task TryAsync(Func<Task> test, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        try
        {
            await test();
        }
        catch (Exception e)
        {
            await ShootAsync($"failed-{name}");
            throw new InvalidOperationException($"{e.Message}\nAt {Page.Url}, the console said:\n{string.Join('\n', Errors)}", e);
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await Server.DisposeAsync();
    }
}
