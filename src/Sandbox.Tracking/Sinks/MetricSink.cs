using System.Text.Json.Nodes;

namespace Sandbox.Tracking.Sinks;

/// <summary>A run as other tools see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Project">Project, or experiment in MLflow's words.</param>
/// <param name="Name">A name for people.</param>
/// <param name="Group">What it belongs to: the sweep of a trial, or null.</param>
/// <param name="StartedAt">When it was created.</param>
public sealed record SinkRun(string Id, string Project, string Name, string? Group, DateTimeOffset StartedAt);

/// <summary>What a sink is given at a time. Nothing comes twice, unless writing failed.</summary>
/// <param name="Run">The run.</param>
/// <param name="Metrics">Metrics in the order of recording.</param>
/// <param name="Configs">Configs in the order of recording.</param>
/// <param name="ExitCode">Set in the last batch of a run that has ended: 0 for one that finished well.</param>
public sealed record SinkBatch(SinkRun Run, IReadOnlyList<TrackedMetric> Metrics, IReadOnlyList<WatchedConfigs> Configs, int? ExitCode);

/// <summary>Brings a run's figures to another tool. It keeps nothing in memory between batches: what it must remember is its
/// state, which is stored together with how far it has come.</summary>
internal interface IMetricSink
{
    /// <summary>Brings a batch.</summary>
    /// <param name="batch">What is new.</param>
    /// <param name="state">What it gave back last; empty at first.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>What it must remember.</returns>
    Task<JsonObject> WriteAsync(SinkBatch batch, JsonObject state, CancellationToken cancellationToken);
}
