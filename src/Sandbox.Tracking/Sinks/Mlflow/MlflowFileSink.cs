using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Configuration.Yaml;

namespace Sandbox.Tracking.Sinks.Mlflow;

/// <summary>MLflow's file store: a directory for each experiment and run, a file for each metric with a line a value.</summary>
/// <param name="root">The directory <c>mlruns</c>.</param>
internal sealed class MlflowFileSink(string root) : IMetricSink
{
    private const int LongestParameter = 6000;
    private const int Finished = 3;
    private const int Failed = 4;
    private const int Running = 1;

    public Task<JsonObject> WriteAsync(SinkBatch batch, JsonObject state, CancellationToken cancellationToken)
    {
        var next = state.DeepClone().AsObject();
        var experiment = next["experiment"]?.ToString() ?? Experiment(batch.Run);
        next["experiment"] = experiment;
        var directory = Path.Combine(root, experiment, RunId(batch.Run));
        foreach (var name in new[] { "artifacts", "metrics", "params", "tags" })
        {
            Directory.CreateDirectory(Path.Combine(directory, name));
        }

        WriteText(Path.Combine(directory, "meta.yaml"), Meta(batch, experiment, directory));
        WriteText(Path.Combine(directory, "tags", "mlflow.runName"), batch.Run.Name);
        WriteText(Path.Combine(directory, "tags", "sandbox.run"), batch.Run.Id);
        foreach (var (key, value) in MlflowNames.Parameters(batch.Configs, LongestParameter))
        {
            WriteText(Inside(Path.Combine(directory, "params"), key), value);
        }

        var lengths = next["lengths"]?.AsObject() ?? [];
        foreach (var metric in batch.Metrics.GroupBy(m => MlflowNames.Key(m.Metric.Name), StringComparer.Ordinal))
        {
            var old = new JsonObject { ["length"] = lengths[metric.Key]?.GetValue<long>() ?? 0 };
            var lines = string.Concat(metric.Select(m => Line(m)));
            lengths[metric.Key] = AppendedFile.Append(
                Inside(Path.Combine(directory, "metrics"), metric.Key), old, _ => { }, file => file.Write(Encoding.UTF8.GetBytes(lines)))["length"]!.GetValue<long>();
        }

        next["lengths"] = lengths.DeepClone();
        return Task.FromResult(next);
    }

    /// <summary>MLflow's ids have 32 hex digits.</summary>
    private static string RunId(SinkRun run) => run.Id.PadRight(32, '0');

    private static string Line(TrackedMetric tracked) => string.Create(
        CultureInfo.InvariantCulture, $"{tracked.Metric.Time.ToUnixTimeMilliseconds()} {Number(tracked.Metric.Value)} {(long)(tracked.Metric.Step ?? 0)}\n");

    // Python's repr.
    private static string Number(double value) => double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : PythonJson.Write(JsonValue.Create(value));

    private static string Inside(string directory, string key)
    {
        var path = Path.GetFullPath(Path.Combine(directory, key));
        return path.StartsWith(Path.GetFullPath(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : Path.Combine(directory, key.Replace('/', '_').Replace("..", "__", StringComparison.Ordinal));
    }

    private static void WriteText(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
    }

    private static string Meta(SinkBatch batch, string experiment, string directory)
    {
        var end = batch.ExitCode is null ? null : (JsonNode)(batch.Metrics.Count > 0 ? batch.Metrics[^1].Metric.Time : batch.Run.StartedAt).ToUnixTimeMilliseconds();
        return YamlText.Write(new JsonObject
        {
            ["artifact_uri"] = new Uri(Path.Combine(Path.GetFullPath(directory), "artifacts")).AbsoluteUri,
            ["end_time"] = end,
            ["entry_point_name"] = string.Empty,
            ["experiment_id"] = experiment,
            ["lifecycle_stage"] = "active",
            ["run_id"] = RunId(batch.Run),
            ["run_name"] = batch.Run.Name,
            ["source_name"] = string.Empty,
            ["source_type"] = 4,
            ["source_version"] = string.Empty,
            ["start_time"] = batch.Run.StartedAt.ToUnixTimeMilliseconds(),
            ["status"] = batch.ExitCode switch { null => Running, 0 => Finished, _ => Failed },
            ["tags"] = new JsonArray(),
            ["user_id"] = string.Empty,
        });
    }

    // An experiment's id is its directory; it is found by its name.
    private string Experiment(SinkRun run)
    {
        Directory.CreateDirectory(root);
        foreach (var directory in Directory.EnumerateDirectories(root))
        {
            var meta = Path.Combine(directory, "meta.yaml");
            if (File.Exists(meta) && ConfigParser.Parse(File.ReadAllBytes(meta), meta, []) is ConfigMapping map
                && (map.Find("name")?.Value as ConfigScalar)?.Text == run.Project)
            {
                return Path.GetFileName(directory);
            }
        }

        var id = (BitConverter.ToUInt64(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(run.Project))) % 1_000_000_000_000_000_000).ToString("D18", CultureInfo.InvariantCulture);
        WriteText(Path.Combine(root, id, "meta.yaml"), YamlText.Write(new JsonObject
        {
            ["artifact_location"] = new Uri(Path.GetFullPath(Path.Combine(root, id))).AbsoluteUri,
            ["creation_time"] = run.StartedAt.ToUnixTimeMilliseconds(),
            ["experiment_id"] = id,
            ["last_update_time"] = run.StartedAt.ToUnixTimeMilliseconds(),
            ["lifecycle_stage"] = "active",
            ["name"] = run.Project,
        }));
        return id;
    }
}
