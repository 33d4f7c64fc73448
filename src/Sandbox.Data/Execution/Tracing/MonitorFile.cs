using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;

namespace Sandbox.Data.Execution.Tracing;

/// <summary>What a run cost, in <c>monitor/monitor.json</c>: each operator's rows and seconds, and the memory and processor
/// time of the process about once a second. Operators run together in one pass, so that memory is told of all of them.</summary>
internal sealed class MonitorFile(TimeProvider time)
{
    private const double Megabyte = 1 << 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly long _started = time.GetTimestamp();
    private readonly JsonArray _samples = [];
    private TimeSpan _last = TimeSpan.MinValue;

    /// <summary>Takes a sample where it is time.</summary>
    public void Sample()
    {
        var elapsed = time.GetElapsedTime(_started);
        if (_last != TimeSpan.MinValue && elapsed - _last < Every)
        {
            return;
        }

        _last = elapsed;
        using var process = Process.GetCurrentProcess();
        _samples.Add(new JsonObject
        {
            ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
            ["Used mem."] = Math.Round(process.WorkingSet64 / Megabyte, 1),
            ["CPU seconds"] = Math.Round(process.TotalProcessorTime.TotalSeconds, 3),
        });
    }

    /// <summary>Writes the file.</summary>
    public async Task WriteAsync(Recipe recipe, IJobFiles files, RecipeResult result, CancellationToken cancellationToken)
    {
        var content = new JsonObject
        {
            ["time"] = result.Elapsed.TotalSeconds,
            ["rows_in"] = result.RowsIn,
            ["rows_out"] = result.RowsOut,
            ["bytes_read"] = result.BytesRead,
            ["operators"] = new JsonArray([.. result.Operators.Select(Operator)]),
            ["resource"] = _samples,
        };
        var file = new AtomicFile(files.ResolveWrite(Path.Combine(recipe.WorkDirectory, "monitor", "monitor.json")));
        await using (file)
        {
            await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes<JsonNode>(content, new JsonSerializerOptions { WriteIndented = true }), cancellationToken);
            await file.CommitAsync(cancellationToken);
        }
    }

    private static JsonObject Operator(OperatorReport report) => new()
    {
        ["name"] = report.Name,
        ["position"] = report.Position,
        ["rows_in"] = report.RowsIn,
        ["dropped"] = report.Dropped,
        ["changed"] = report.Changed,
        ["errors"] = report.Errors,
        ["time"] = report.Elapsed.TotalSeconds,
        ["speed"] = report.Elapsed > TimeSpan.Zero ? report.RowsIn / report.Elapsed.TotalSeconds : null,
    };
}
