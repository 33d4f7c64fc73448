using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Context;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Context;

/// <summary>What the jobs of a run have recorded, in the order of their commits; kept in memory while the run is worked
/// here, since each job asks for it.</summary>
internal sealed class RunRecords
{
    private readonly Lock _gate = new();
    private readonly List<JobRecordRow> _rows;

    // Until somebody has looked: an earlier process may have died before it published.
    private bool _mayBeUnpublished = true;

    private RunRecords(RunRow run, List<JobRecordRow> rows)
    {
        Run = run;
        _rows = rows;
    }

    /// <summary>The run.</summary>
    public RunRow Run { get; }

    /// <summary>Every record that counts: those that a mended config replaced are left out.</summary>
    public IReadOnlyList<JobRecordRow> Current => Snapshot(r => Origins.Counts(r.Origin));

    /// <summary>Reads a run's records.</summary>
    public static async Task<RunRecords> LoadAsync(
        IDbContextFactory<RunsDbContext> contexts, string runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await db.Runs.AsNoTracking().FirstAsync(r => r.Id == runId, cancellationToken);
        var rows = await db.JobRecords.AsNoTracking().Where(r => r.RunId == runId)
            .OrderBy(r => r.Sequence).ToListAsync(cancellationToken);
        return new RunRecords(run, rows);
    }

    /// <summary>Adds a record that was committed.</summary>
    public void Add(JobRecordRow row)
    {
        lock (_gate)
        {
            _rows.Add(row);
        }
    }

    /// <summary>Notes that a job won files which are not published yet.</summary>
    public void NoteUnpublished()
    {
        lock (_gate)
        {
            _mayBeUnpublished = true;
        }
    }

    /// <summary>Whether there may be files to publish; from now on the caller sees to them.</summary>
    public bool TakeUnpublished()
    {
        lock (_gate)
        {
            (var taken, _mayBeUnpublished) = (_mayBeUnpublished, false);
            return taken;
        }
    }

    /// <summary>The records of one place and iteration that an earlier version of the run, or a context file, left.</summary>
    public IReadOnlyList<JobRecordRow> Earlier(string pipeline, string stage, int index, int iteration) => Snapshot(r =>
        !Origins.Counts(r.Origin)
        && r.Pipeline == pipeline && r.Stage == stage && r.Index == index && r.Iteration == iteration);

    /// <summary>The newest record of one of the activities in an iteration, or null.</summary>
    public JobRecordRow? Newest(IReadOnlyCollection<string> activityIds, int iteration)
    {
        lock (_gate)
        {
            return _rows.FindLast(r => Origins.Counts(r.Origin) && r.Iteration == iteration && activityIds.Contains(r.ActivityId));
        }
    }

    /// <summary>A record's outputs.</summary>
    public static JsonObject Outputs(JobRecordRow row) => PythonJson.Parse(row.Outputs, row.JobId)!.AsObject();

    private List<JobRecordRow> Snapshot(Func<JobRecordRow, bool> filter)
    {
        lock (_gate)
        {
            return [.. _rows.Where(filter)];
        }
    }
}

/// <summary>Where a job's record is from.</summary>
internal static class Origins
{
    /// <summary>The job ran.</summary>
    public const string Run = "run";

    /// <summary>The config was mended and the job's result still held.</summary>
    public const string Reused = "reused";

    /// <summary>A context file of an earlier run had it.</summary>
    public const string File = "file";

    /// <summary>A context file has it; the job was not reached yet.</summary>
    public const string Seed = "seed";

    /// <summary>The config was mended since; the record may be reused, but no longer counts.</summary>
    public const string Superseded = "superseded";

    /// <summary>Whether a record is one of the run's context infos.</summary>
    public static bool Counts(string origin) => origin is not (Seed or Superseded);
}
