using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sandbox.Engine.Persistence;
using Sandbox.Tracking;
using Sandbox.Tracking.Sinks;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Runs;

/// <summary>Opens what brings a run's figures to the tools that its config names.</summary>
internal sealed class RunSinks(
    RunsDatabase database, DefinitionStore definitions, TrackingStore tracking, TimeProvider time, ILogger<RunSinks> logger)
{
    /// <summary>The pump of a run, not started; null where its config names no tools.</summary>
    public async Task<SinkPump?> OpenAsync(string runId, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        if (await db.Runs.FindAsync([runId], cancellationToken) is not { } run
            || await definitions.FindByVersionIdAsync(run.DefinitionVersionId, cancellationToken) is not { } definition)
        {
            return null;
        }

        var watchers = WatcherConfig.ReadAll((definition.CustomProperties[ActivityNames.Settings] as JsonObject)?[ActivityNames.Watchers], (_, _) => { });
        var started = DateTimeOffset.FromUnixTimeMilliseconds(run.CreatedAt);
        return watchers.Count == 0
            ? null
            : tracking.Pump(new SinkRun(runId, run.ProjectName, run.ExperimentName, run.SweepId, started), watchers, run.CurrentDirectory, time, logger);
    }
}
