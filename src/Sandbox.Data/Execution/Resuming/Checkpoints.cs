using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Files;
using Sandbox.Core.Recipes;
using Sandbox.Data.Execution.Barriers;
using Sandbox.Data.Execution.Tracing;

namespace Sandbox.Data.Execution.Resuming;

/// <summary>
/// The rows behind the last operator that was done, on disk until the run ends. A run that broke off goes on from there where
/// its data and the operators before are still the same. Only whole checkpoints are found: the record is written last.
/// </summary>
internal sealed class Checkpoints(Recipe recipe, RecipePlan plan, RecipeData data, string directory, RunTally tally, TraceFolder? folder)
{
    private const string RecordName = "checkpoint.json";
    private CheckpointRecord? _found;

    /// <summary>Those of a recipe; null where it asks for none.</summary>
    public static Checkpoints? Of(
        Recipe recipe, RecipePlan plan, RecipeData data, IJobFiles files, DataRunOptions options, RunTally tally, TraceFolder? folder) =>
        recipe.Settings.UseCheckpoint
            ? new Checkpoints(recipe, plan, data, options.CheckpointDirectory ?? files.FullPath(Path.Combine(recipe.WorkDirectory, "ckpt")), tally, folder)
            : null;

    /// <summary>The stage to begin with, its counts restored; 0 where there is no checkpoint that fits.</summary>
    public int Begin()
    {
        Directory.CreateDirectory(directory);
        _found = Read();
        if (_found is not null)
        {
            tally.Restore(_found.Tally);
            folder?.Restore(_found.Traced ?? []);
        }

        return _found?.Stage ?? 0;
    }

    /// <summary>The rows of the checkpoint that was found.</summary>
    public async IAsyncEnumerable<WorkBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var rows = RowSpill.Kept(RowsOf(_found!.Stage), _found.Rows);
        await foreach (var batch in rows.ReadAsync(Enumerable.Range(0, rows.Count), cancellationToken))
        {
            yield return batch;
        }
    }

    /// <summary>Keeps all rows before a stage, then hands them on.</summary>
    public async IAsyncEnumerable<WorkBatch> KeepAsync(
        IAsyncEnumerable<WorkBatch> batches, int stage, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Remove(stage);
        var count = 0;
        try
        {
            count = await WriteAsync(batches, stage, cancellationToken);
        }
        catch
        {
            Remove(stage);
            throw;
        }

        using var rows = RowSpill.Kept(RowsOf(stage), count);
        await foreach (var batch in rows.ReadAsync(Enumerable.Range(0, count), cancellationToken))
        {
            yield return batch;
        }
    }

    /// <summary>Removes everything: the run has ended well.</summary>
    public void Remove()
    {
        File.Delete(Path.Combine(directory, RecordName));
        Enumerable.Range(1, plan.Stages.Count).ToList().ForEach(Remove);
        if (!Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    }

    // The record comes last: with it the checkpoint counts, and the ones before are not needed any more.
    private async Task<int> WriteAsync(IAsyncEnumerable<WorkBatch> batches, int stage, CancellationToken cancellationToken)
    {
        using var rows = new RowSpill(RowsOf(stage), isKept: true);
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            await rows.AddAsync(batch.Rows, cancellationToken);
            batch.Dispose();
        }

        rows.Flush();
        var record = new CheckpointRecord(Fingerprint(stage), stage, rows.Count, tally.Save(), folder?.Save());
        await WholeFile.WriteAsync(
            Path.Combine(directory, RecordName), file => file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(record), cancellationToken).AsTask());
        Enumerable.Range(1, stage - 1).ToList().ForEach(Remove);
        return rows.Count;
    }

    private void Remove(int stage)
    {
        File.Delete(RowsOf(stage));
        File.Delete(RowsOf(stage) + RowSpill.PlacesSuffix);
    }

    private string RowsOf(int stage) => Path.Combine(directory, FormattableString.Invariant($"stage-{stage}.rows"));

    // What cannot be read was written by another version: the run begins anew.
    private CheckpointRecord? Read()
    {
        var path = Path.Combine(directory, RecordName);
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<CheckpointRecord>(File.ReadAllBytes(path)) is { } record
                && record.Stage > 0 && record.Stage < plan.Stages.Count && record.Fingerprint == Fingerprint(record.Stage) && File.Exists(RowsOf(record.Stage))
                ? record
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Fingerprint(int stage)
    {
        var operators = plan.Stages.Take(stage).SelectMany(s => s.Barrier is { } barrier && !s.RowWise.Contains(barrier) ? s.RowWise.Append(barrier) : s.RowWise);
        var files = data.Readers.SelectMany(r => r.DatasetFiles).Select(f => new FileInfo(f.Path));
        var (settings, source) = (recipe.Settings, recipe.Source);
        var content = new JsonObject
        {
            ["files"] = new JsonArray([.. files.Select(f => (JsonNode)new JsonArray(f.FullName, f.Length, f.LastWriteTimeUtc.Ticks))]),
            ["dataset"] = source["dataset"]?.DeepClone(),
            ["dataset_path"] = source["dataset_path"]?.DeepClone(),
            ["text_keys"] = new JsonArray([.. settings.TextKeys.Select(k => JsonValue.Create(k))]),
            ["sample_by"] = settings.SampleBy,
            ["max_bad_rows"] = settings.MaxBadRows,
            ["skip_op_error"] = settings.SkipOpError,
            ["process"] = new JsonArray([.. operators.Select(o => (JsonNode)new JsonObject { [o.Config.Name] = o.Config.Arguments.DeepClone() })]),
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content)));
    }
}
