using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Elsa.Executions;
using Sandbox.Server.Http;
using Sandbox.Workflows.Access;

namespace Sandbox.Server.Live;

/// <summary>Tells listeners what happened to instances. It looks into the database, so that it sees what other processes
/// work as well, and costs one small query while anybody listens.</summary>
internal sealed class LiveFeed(
    Observers observers, InstanceQueries instances, IHubContext<WorkflowInstanceHub> hub, TimeProvider time, ILogger<LiveFeed> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                ServerLog.LoopBroke(logger, e, "The live feed");
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var observed = observers.Observed();
        if (observed.Count == 0)
        {
            return;
        }

        foreach (var mark in await instances.MarksAsync(observed, cancellationToken))
        {
            if (observers.Note(mark.InstanceId, mark.UpdatedAt))
            {
                await TellAsync(mark.InstanceId, cancellationToken);
            }
        }
    }

    private async Task TellAsync(string instanceId, CancellationToken cancellationToken)
    {
        var stats = await instances.StatsAsync(instanceId, nodeIds: null, cancellationToken);
        var listeners = hub.Clients.Group(instanceId);
        await listeners.SendAsync(
            "ActivityExecutionLogUpdatedAsync",
            new JsonObject { ["stats"] = new JsonArray([.. stats.Select(ExecutionModel.Stats)]) },
            cancellationToken);
        await listeners.SendAsync("WorkflowExecutionLogUpdatedAsync", new JsonObject(), cancellationToken);
        await listeners.SendAsync(
            "WorkflowInstanceUpdatedAsync", new JsonObject { ["workflowInstanceId"] = instanceId }, cancellationToken);
    }
}

/// <summary>Registers and maps the live feed.</summary>
internal static class LiveServices
{
    public static void AddLive(this IServiceCollection services) =>
        services.AddSingleton<Observers>().AddHostedService<LiveFeed>();

    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapHub<WorkflowInstanceHub>(WorkflowInstanceHub.Path).Asks(AccessScopes.Read);
}
