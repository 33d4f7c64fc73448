using Microsoft.AspNetCore.SignalR;

namespace Sandbox.Server.Live;

/// <summary>The hub that Studio's viewer listens to.</summary>
internal sealed class WorkflowInstanceHub(Observers observers) : Hub
{
    /// <summary>Where Studio looks for it, below the API's parent.</summary>
    public const string Path = "/elsa/hubs/workflow-instance";

    /// <summary>Called by the viewer: tells what happens to an instance from now on.</summary>
    public Task ObserveInstanceAsync(string instanceId)
    {
        observers.Add(Context.ConnectionId, instanceId);
        return Groups.AddToGroupAsync(Context.ConnectionId, instanceId);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        observers.Remove(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
