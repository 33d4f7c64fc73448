namespace Sandbox.Engine.Leases;

/// <summary>Somebody else works the instance.</summary>
public sealed class InstanceBusyException(string instanceId, string holder)
    : Exception($"Workflow instance {instanceId} is being worked by {holder}. Wait until it ends, or cancel it there.")
{
    /// <summary>The instance.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>Who holds it: process id and host.</summary>
    public string Holder { get; } = holder;
}

/// <summary>A worker tried to write after another worker had taken the instance; nothing was written.</summary>
public sealed class LeaseLostException(string instanceId)
    : Exception($"The lease of workflow instance {instanceId} has passed to another worker; nothing was written.")
{
    /// <summary>The instance.</summary>
    public string InstanceId { get; } = instanceId;
}
