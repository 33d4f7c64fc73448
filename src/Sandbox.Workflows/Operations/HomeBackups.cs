using Sandbox.Core.Faults;
using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Tracking;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Operations;

/// <summary>Backups of the home's database. Runs' files stay where they are: a backup holds what is known of them.</summary>
public sealed class HomeBackups
{
    private readonly EngineBackup _backup;
    private readonly InstanceQueries _instances;
    private readonly RunsDatabase _database;
    private readonly TrackingStore _tracking;
    private readonly SandboxHome _home;
    private readonly TimeProvider _time;

    internal HomeBackups(
        EngineBackup backup, InstanceQueries instances, RunsDatabase database, TrackingStore tracking, SandboxHome home, TimeProvider time) =>
        (_backup, _instances, _database, _tracking, _home, _time) = (backup, instances, database, tracking, home, time);

    /// <summary>Takes a backup while everything goes on.</summary>
    /// <param name="path">The file; null for one in the home's <c>backups</c>, named by the time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The file.</returns>
    /// <exception cref="FaultException">The file exists, or cannot be written.</exception>
    public async Task<string> TakeAsync(string? path, CancellationToken cancellationToken)
    {
        await _database.EnsureReadyAsync(cancellationToken);
        await _tracking.EnsureReadyAsync(cancellationToken);
        path = Path.GetFullPath(path ?? Path.Combine(
            _home.Root, "backups", FormattableString.Invariant($"sandbox-{_time.GetUtcNow():yyyyMMdd-HHmmss-fff}.db")));
        try
        {
            await _backup.WriteAsync(path, cancellationToken);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FaultException($"The backup {path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Puts a backup in the place of the database. What was there is kept as a backup of its own first.</summary>
    /// <returns>The backup of what was there.</returns>
    /// <exception cref="FaultException">The file is no backup, or a run is being worked.</exception>
    public async Task<string> RestoreAsync(string path, CancellationToken cancellationToken)
    {
        var open = await _instances.ListAsync(new InstanceFilter { Statuses = [WorkflowStatus.Running] }, cancellationToken);
        if (open.Items.FirstOrDefault(i => i.Holder is not null) is { } worked)
        {
            throw new FaultException($"Run {worked.Id} is being worked by {worked.Holder}. Wait until it ends, or pause it, then restore.");
        }

        if (!File.Exists(path))
        {
            throw new FaultException($"{path} does not exist.");
        }

        var kept = await TakeAsync(null, cancellationToken);
        try
        {
            await _backup.RestoreAsync(Path.GetFullPath(path), cancellationToken);
            return kept;
        }
        catch (InvalidDataException e)
        {
            throw new FaultException(e.Message);
        }
    }
}
