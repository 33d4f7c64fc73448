using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sandbox.Server.Tests.Traces;

/// <summary>A collector of traces on a port of its own.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _bodies = new();
    private int _refusals;

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>The spans of each trace. What came twice, since the sender did not hear that it had arrived, counts once.</summary>
    public IReadOnlyList<IReadOnlyList<JsonNode>> Traces =>
    [
        .. _bodies.Distinct(StringComparer.Ordinal).Select(body => (IReadOnlyList<JsonNode>)
            [.. JsonNode.Parse(body)!["resourceSpans"]![0]!["scopeSpans"]![0]!["spans"]!.AsArray().Select(s => s!)]),
    ];

    /// <summary>Starts one that answers the first requests with 503.</summary>
    public static async Task<Collector> StartAsync(int refusals)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build()) { _refusals = refusals };
        collector._app.MapPost("/v1/traces", collector.ReceiveAsync);
        await collector._app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (Interlocked.Decrement(ref _refusals) >= 0)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        _bodies.Enqueue(body);
    }
}
