using Sandbox.Core.Faults;
using Sandbox.Engine.Leases;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Hosting;
using Sandbox.Server.Http;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Operations;

/// <summary>Removes what is older, or more, than the settings keep: runs with their logs, and attempt directories of runs that
/// are kept. Published files are never touched.</summary>
internal sealed class Retention(
    InstanceQueries instances, RunRemoval removal, RunCleaning cleaning, ServerSettings settings, TimeProvider time, ILogger<Retention> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await TidyAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                ServerLog.LoopBroke(logger, e, "The retention");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Tidies once.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        if (settings.KeepAttemptsFor is { } attempts)
        {
            await cleaning.CleanAsync(attempts, dryRun: false, cancellationToken);
        }

        var page = await instances.ListAsync(
            new InstanceFilter { Statuses = [WorkflowStatus.Finished], OrderBy = InstanceOrder.FinishedAt, Descending = true }, cancellationToken);
        var old = settings.KeepRunsFor is { } age ? page.Items.Where(i => time.GetUtcNow() - i.FinishedAt > age) : [];
        foreach (var run in page.Items.Skip(settings.KeepRuns ?? int.MaxValue).Concat(old).DistinctBy(i => i.Id, StringComparer.Ordinal))
        {
            try
            {
                await removal.DeleteAsync(run.Id, cancellationToken);
                ServerLog.Removed(logger, run.Id);
            }
            catch (InstanceBusyException)
            {
                // It was tried again meanwhile.
            }
            catch (FaultException)
            {
                // Other runs use its files: it goes after them.
            }
        }
    }
}
