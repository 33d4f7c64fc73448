using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;

namespace Sandbox.Testing.Load;

/// <summary>Clients that hold the live hub open, each for the runs that it is told of.</summary>
internal sealed class Listeners : IAsyncDisposable
{
    private readonly List<HubConnection> _hubs = [];
    private readonly ConcurrentDictionary<string, int> _told = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _faults = new();

    /// <summary>Connections that broke.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>How often something was told of a run.</summary>
    public int Told(string runId) => _told.GetValueOrDefault(runId);

    /// <summary>Connects so many.</summary>
    public async Task ConnectAsync(Uri server, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var hub = new HubConnectionBuilder().WithUrl(new Uri(server, "/elsa/hubs/workflow-instance")).Build();
            hub.On<JsonObject>("WorkflowInstanceUpdatedAsync", m => _told.AddOrUpdate(m["workflowInstanceId"]!.GetValue<string>(), 1, (_, n) => n + 1));
            hub.Closed += e =>
            {
                if (e is not null)
                {
                    _faults.Enqueue($"The hub closed a connection: {e.Message}");
                }

                return Task.CompletedTask;
            };
            await hub.StartAsync();
            _hubs.Add(hub);
        }
    }

    /// <summary>Has a run listened to by one of them.</summary>
    public Task ObserveAsync(int number, string runId) => _hubs[number % _hubs.Count].InvokeAsync("ObserveInstanceAsync", runId);

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in _hubs)
        {
            await hub.DisposeAsync();
        }
    }
}
