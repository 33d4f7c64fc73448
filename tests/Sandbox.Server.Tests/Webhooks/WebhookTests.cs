using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Sandbox.Server.Tests.Testing;
using Sandbox.Server.Webhooks;

namespace Sandbox.Server.Tests.Webhooks;

/// <summary>Others are told of runs.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "a secret of the test";
    private readonly ConcurrentQueue<(string Body, Dictionary<string, string> Headers)> _received = new();
    private WebApplication _receiver = null!;
    private int _refusals;

    private string Url => _receiver.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _receiver = builder.Build();
        _receiver.MapPost("/hook", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            _received.Enqueue((await reader.ReadToEndAsync(), request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
            return Interlocked.Decrement(ref _refusals) >= 0 ? Results.StatusCode(503) : Results.Ok();
        });
        await _receiver.StartAsync();
        Environment.SetEnvironmentVariable(WebhookServices.SecretVariable, Secret);
    }

    public async Task DisposeAsync()
    {
        Environment.SetEnvironmentVariable(WebhookServices.SecretVariable, null);
        await _receiver.StopAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Start_and_end_of_a_run_are_told_and_signed()
    {
        await using var server = await TestServer.StartAsync(null, "--Sandbox:Webhooks", Url);
        await server.SaveAsync(Definitions.Flow("line", Definitions.Line("a")));
        await server.SaveAsync(Definitions.Flow("fails", Definitions.Activity("f", "Elsa.Fault", ("message", "on purpose"))));
        await TestServer.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(server.Home, "webhooks.json"))), there => there);

        var good = await server.RunAsync("line");
        var bad = await server.RunAsync("fails");

        await TestServer.UntilAsync(() => Task.FromResult(Deliveries().Count), n => n >= 4);
        var events = Deliveries().Select(r => JsonNode.Parse(r.Body)!).Select(e => $"{e["run"]!["id"]} {e["event"]}").ToList();
        events.ShouldBe([$"{good} run.started", $"{good} run.finished", $"{bad} run.started", $"{bad} run.failed"], ignoreOrder: true);
        foreach (var (body, headers) in _received)
        {
            headers[WebhookSender.SignatureHeader].ShouldBe(WebhookSender.Sign(Secret, headers[WebhookSender.TimeHeader], body));
            headers[WebhookSender.EventHeader].ShouldBe(JsonNode.Parse(body)!["event"]!.GetValue<string>());
        }

        File.ReadAllText(Path.Combine(server.Home, "webhooks.json")).ShouldNotContain(Secret);
    }

    [Fact]
    public async Task What_is_refused_comes_again_with_the_same_id_also_after_a_restart()
    {
        _refusals = 3;
        await using var first = await TestServer.StartAsync(null, "--Sandbox:Webhooks", Url);
        await first.SaveAsync(Definitions.Flow("line", Definitions.Line("a")));
        await TestServer.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(first.Home, "webhooks.json"))), there => there);
        await first.EndAsync(await first.RunAsync("line"));
        await TestServer.UntilAsync(() => Task.FromResult(_received.Count), n => n >= 1);
        await first.App.StopAsync();

        await using var second = await TestServer.StartAsync(first.Root, "--Sandbox:Webhooks", Url);
        await TestServer.UntilAsync(
            () => Task.FromResult(File.ReadAllText(Path.Combine(second.Home, "webhooks.json"))), s => JsonNode.Parse(s)!["pending"]!.AsArray().Count == 0 && Volatile.Read(ref _refusals) < -1);

        Deliveries().Count.ShouldBe(2);
        _received.Count.ShouldBeGreaterThanOrEqualTo(5);
    }

    // What is not answered in time comes again, with the same id: a machine that stalls may make it so.
    private List<(string Body, Dictionary<string, string> Headers)> Deliveries() => [.. _received.DistinctBy(r => r.Headers[WebhookSender.DeliveryHeader])];
}
