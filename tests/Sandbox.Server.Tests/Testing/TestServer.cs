using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Sandbox.Server.Hosting;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Tests.Testing;

/// <summary>The real server on a free port of this machine, with a home and a working directory of its own.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly DirectoryInfo _root;
    private readonly bool _ownsRoot;

    private TestServer(DirectoryInfo root, bool ownsRoot, WebApplication app)
    {
        (_root, _ownsRoot, App) = (root, ownsRoot, app);
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromMinutes(2) };
    }

    public WebApplication App { get; }

    /// <summary>Its URL, without a slash at the end.</summary>
    public string Address { get; }

    public HttpClient Http { get; }

    /// <summary>The home and, beside it, the working directory.</summary>
    public string Root => _root.FullName;

    public string Home => Path.Combine(Root, "home");

    /// <summary>Starts a server.</summary>
    /// <param name="root">The directory of an earlier server to go on with; null for a new one.</param>
    /// <param name="settings">Further arguments.</param>
    public static async Task<TestServer> StartAsync(string? root = null, params string[] settings)
    {
        var directory = root is null ? Directory.CreateTempSubdirectory("sandbox-server-") : new DirectoryInfo(root);
        var work = directory.CreateSubdirectory("work").FullName;
        var configs = Path.Combine(work, "configs");
        if (!Path.Exists(configs))
        {
            File.CreateSymbolicLink(configs, Path.Combine(Reference.Repository, "configs"));
        }

        var app = ServerHost.Build(
            ["--urls", "http://127.0.0.1:0", "--Sandbox:WorkingDirectory", work, .. settings],
            new SandboxHome(Path.Combine(directory.FullName, "home")));
        await app.StartAsync();
        return new TestServer(directory, root is null, app);
    }

    /// <summary>Sends JSON and expects success.</summary>
    public async Task<JsonNode> PostAsync(string path, JsonNode? body = null) => await ReadAsync(
        await Http.PostAsync(path, new StringContent((body ?? new JsonObject()).ToJsonString(), Encoding.UTF8, "application/json")));

    public async Task<JsonNode> GetAsync(string path) => await ReadAsync(await Http.GetAsync(path));

    /// <summary>Waits, with a ceiling for slow machines, until something is so.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isSo)
    {
        using var ceiling = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var seen = await look();
            if (isSo(seen))
            {
                return seen;
            }

            ceiling.IsCancellationRequested.ShouldBeFalse($"It never came to be; last seen: {seen}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        if (_ownsRoot)
        {
            Delete(_root);
        }
    }

    /// <summary>Deletes a directory; pooled connections may hold files of it for a moment.</summary>
    public static void Delete(DirectoryInfo directory)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{response.RequestMessage!.RequestUri}: {(int)response.StatusCode} {text}");
        return (text.Length == 0 ? null : JsonNode.Parse(text)) ?? new JsonObject();
    }
}
