using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sandbox.Server.Tests.Outbox;

/// <summary>A request that somebody was sent.</summary>
internal sealed record Received(string Path, string? Event, string? Delivery, string? Signature, string Body);

/// <summary>A program of somebody else that is told of runs, on a port of its own.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();
    private int _refusals;

    private Receiver(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public IReadOnlyList<Received> Received => [.. _received];

    /// <summary>Starts one that answers the first requests with 503.</summary>
    public static async Task<Receiver> StartAsync(int refusals = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new Receiver(builder.Build()) { _refusals = refusals };
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        return receiver;
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

        string? Header(string name) => http.Request.Headers[name].FirstOrDefault();
        _received.Enqueue(new Received(
            http.Request.Path, Header("X-Sandbox-Event"), Header("X-Sandbox-Delivery"), Header("X-Sandbox-Signature"), body));
    }
}
