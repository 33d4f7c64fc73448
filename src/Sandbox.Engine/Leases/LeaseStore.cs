using Sandbox.Engine.Runtime.Storage;

namespace Sandbox.Engine.Leases;

/// <summary>Takes, keeps and returns the lease of an instance. Each taking raises its fencing token; every write of a
/// holder names the token it has.</summary>
internal sealed class LeaseStore(TimeProvider time, TimeSpan duration, string node)
{
    /// <summary>Takes the lease and gives its fence; null where there is no such instance.</summary>
    /// <exception cref="InstanceBusyException">Somebody alive holds it, or a job of it belongs to another node.</exception>
    public async Task<long?> TakeAsync(
        RuntimeSession db, string instanceId, LeaseHolder holder, CancellationToken cancellationToken)
    {
        return await db.WriteAsync(
            async _ =>
            {
                var rows = await db.QueryAsync(
                    "SELECT Fence, LeaseHolder, LeaseExpiresAt FROM WorkflowInstances WHERE Id = @p0",
                    row => (Fence: row.GetInt64(0), Holder: row.Text(1), Expires: row.MaybeTime(2)),
                    instanceId);
                if (rows is not [var current])
                {
                    return (long?)null;
                }

                Refuse(instanceId, current.Holder, current.Expires);
                await RefuseForeignAsync(db, instanceId);
                await db.ExecuteAsync(
                    "UPDATE WorkflowInstances SET Fence = @p1, LeaseHolder = @p2, LeaseExpiresAt = @p3 WHERE Id = @p0",
                    instanceId, current.Fence + 1, holder.Format(), Expiry());
                return current.Fence + 1;
            },
            cancellationToken);
    }

    /// <summary>Puts off the expiry; false where another has taken the instance.</summary>
    public async Task<bool> KeepAsync(RuntimeSession db, string instanceId, long fence, CancellationToken cancellationToken) =>
        await db.WriteAsync(
            _ => db.ExecuteAsync(
                "UPDATE WorkflowInstances SET LeaseExpiresAt = @p2 WHERE Id = @p0 AND Fence = @p1", instanceId, fence, Expiry()),
            cancellationToken) == 1;

    /// <summary>Gives the lease back, unless another has it by now.</summary>
    public static Task ReturnAsync(RuntimeSession db, string instanceId, long fence) =>
        db.WriteAsync(
            _ => db.ExecuteAsync(
                "UPDATE WorkflowInstances SET LeaseHolder = NULL, LeaseExpiresAt = NULL WHERE Id = @p0 AND Fence = @p1",
                instanceId, fence),
            CancellationToken.None);

    // What a job has on another node can only be looked after there: here it would be started a second time.
    private async Task RefuseForeignAsync(RuntimeSession db, string instanceId)
    {
        var owners = await db.QueryAsync(
            "SELECT Node FROM Jobs WHERE InstanceId = @p0 AND State IN ('Queued', 'Running') AND Node IS NOT NULL AND Node <> @p1",
            row => row.GetString(0),
            instanceId, node);
        if (owners is [var owner, ..])
        {
            throw new InstanceBusyException(instanceId, $"node \"{owner}\", where a program of it runs");
        }
    }

    private object? Expiry() => Columns.Ticks(time.GetUtcNow() + duration);

    // A process of this host that lives keeps its lease, even when a stopped clock or a sleeping host made it late.
    private void Refuse(string instanceId, string? stored, DateTimeOffset? expires)
    {
        if (!LeaseHolder.IsVoid(stored, expires, time.GetUtcNow()))
        {
            throw new InstanceBusyException(instanceId, LeaseHolder.Parse(stored)!.ToString());
        }
    }
}
