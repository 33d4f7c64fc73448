using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Context;

namespace Sandbox.Tracking.Sinks.Wandb;

/// <summary>W&amp;B's offline run directory, which <c>wandb sync</c> takes. Each row of the history has the values that one job
/// measured at one step; the job's own step stands beside them, since W&amp;B's must rise.</summary>
/// <param name="directory">Where run directories are made.</param>
/// <param name="project">W&amp;B's project; null for the run's.</param>
/// <param name="entity">W&amp;B's entity, or null.</param>
internal sealed class WandbSink(string directory, string? project, string? entity) : IMetricSink
{
    private const string Producer = "sandbox-workflows";
    private const string Rows = "rows";
    private const string Summary = "summary";

    /// <summary>The file of a run. W&amp;B reads it only below a directory of just such a name.</summary>
    public static string PathOf(string directory, SinkRun run) => Path.Combine(
        directory, string.Create(CultureInfo.InvariantCulture, $"offline-run-{run.StartedAt.UtcDateTime:yyyyMMdd_HHmmss}-{run.Id}"), $"run-{run.Id}.wandb");

    public Task<JsonObject> WriteAsync(SinkBatch batch, JsonObject state, CancellationToken cancellationToken)
    {
        var rows = state[Rows]?.GetValue<long>() ?? 0;
        var summary = state[Summary]?.DeepClone().AsObject() ?? [];
        var next = AppendedFile.Append(
            PathOf(directory, batch.Run), state, file => Begin(file, batch.Run),
            file =>
            {
                foreach (var configs in batch.Configs)
                {
                    Append(file, WandbRecords.ConfigChange([KeyValuePair.Create(configs.Prefix, PythonJson.Write(configs.Configs))]));
                }

                foreach (var row in SinkRows.Of(batch.Metrics))
                {
                    Append(file, Row(row, batch.Run, rows++, summary));
                }

                if (batch.Metrics.Count > 0)
                {
                    Append(file, WandbRecords.Summary(summary.Select(p => KeyValuePair.Create(p.Key, p.Value!.GetValue<string>()))));
                }

                if (batch.ExitCode is { } code)
                {
                    Append(file, WandbRecords.Exit(code));
                }
            });
        next[Rows] = rows;
        next[Summary] = summary;
        return Task.FromResult(next);
    }

    private static void Append(Stream file, Message record) => WandbFile.Append(file, record.ToArray());

    private static Message Row(SinkRow row, SinkRun run, long number, JsonObject summary)
    {
        var values = row.Values.Select(v => KeyValuePair.Create(v.Name, WandbRecords.Json(v.Value))).ToList();
        if (row.Step is { } step)
        {
            values.Add(KeyValuePair.Create($"{row.Prefix}.step", WandbRecords.Json(step)));
        }

        foreach (var (name, json) in values)
        {
            summary[name] = json;
        }

        values.Add(KeyValuePair.Create("_step", number.ToString(CultureInfo.InvariantCulture)));
        values.Add(KeyValuePair.Create("_timestamp", WandbRecords.Json(row.Time.ToUnixTimeMilliseconds() / 1000.0)));
        values.Add(KeyValuePair.Create("_runtime", WandbRecords.Json(Math.Max(0, (row.Time - run.StartedAt).TotalSeconds))));
        return WandbRecords.History(values, number);
    }

    private void Begin(Stream file, SinkRun run)
    {
        WandbFile.Begin(file);
        Append(file, WandbRecords.Header(Producer));
        Append(file, WandbRecords.Run(new WandbRun(run.Id, project ?? run.Project)
        {
            Entity = entity, Group = run.Group, SweepId = run.Group, Name = run.Name, StartedAt = run.StartedAt,
        }));
    }
}
