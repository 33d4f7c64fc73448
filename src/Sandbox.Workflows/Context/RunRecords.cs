using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Context;

/// <summary>What the jobs of a run have recorded, in the order of their commits; kept in memory while the run is worked
/// here, since each job asks for it. A look-up does not cost more the longer the run is.</summary>
internal sealed class RunRecords
{
    private readonly Lock _gate = new();
    private readonly List<JobRecordRow> _rows = [];
    private readonly Dictionary<JobSlot, List<JobRecordRow>> _bySlot = [];
    private readonly Dictionary<(string ActivityId, int Iteration), (int Order, JobRecordRow Row)> _newest = [];
    private readonly ContextIndex _context = new();

    // Until somebody has looked: an earlier process may have died before it published.
    private bool _mayBeUnpublished = true;

    private RunRecords(RunRow run, IEnumerable<JobRecordRow> rows)
    {
        Run = run;
        foreach (var row in rows)
        {
            Add(row);
        }
    }

    /// <summary>The run.</summary>
    public RunRow Run { get; }

    /// <summary>Every record that counts, in order: those that a mended config replaced are left out.</summary>
    public IReadOnlyList<JobRecordRow> Current
    {
        get
        {
            lock (_gate)
            {
                return [.. _rows.Where(r => Origins.Counts(r.Origin))];
            }
        }
    }

    /// <summary>What a context file had of jobs that this run has not reached.</summary>
    public IReadOnlyList<JobRecordRow> Waiting
    {
        get
        {
            lock (_gate)
            {
                return [.. _bySlot.Values.Where(s => s.All(r => r.Origin == Origins.Seed)).Select(s => s[0]).OrderBy(r => r.Sequence)];
            }
        }
    }

    /// <summary>Reads a run's records.</summary>
    /// <exception cref="JobFailedException">The instance is no run of this home.</exception>
    public static async Task<RunRecords> LoadAsync(
        IDbContextFactory<RunsDbContext> contexts, string runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(r => r.Id == runId, cancellationToken)
            ?? throw new JobFailedException(
                $"Workflow instance {runId} was not started as a run, so its jobs have no directory to work in. Start the workflow with \"sandbox workflow run\".");
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
            var slot = new JobSlot(row.Pipeline, row.Stage, row.Index, row.Iteration);
            if (!_bySlot.TryGetValue(slot, out var ofSlot))
            {
                _bySlot[slot] = ofSlot = [];
            }

            ofSlot.Add(row);
            if (Origins.Counts(row.Origin))
            {
                _newest[(row.ActivityId, row.Iteration)] = (_rows.Count, row);
                _context.Add(row);
            }
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

    /// <summary>The context infos of one iteration.</summary>
    public IterationContext Iteration(int number)
    {
        lock (_gate)
        {
            return _context.Iteration(number);
        }
    }

    /// <summary>The records of one place and iteration that an earlier version of the run left, newest first, or a context
    /// file. The file's counts once: when it was taken, that became a record with the config of its time.</summary>
    public IReadOnlyList<JobRecordRow> Earlier(string pipeline, string stage, int index, int iteration)
    {
        lock (_gate)
        {
            var all = _bySlot.GetValueOrDefault(new JobSlot(pipeline, stage, index, iteration)) ?? [];
            var superseded = all.Where(r => r.Origin == Origins.Superseded).Reverse().ToList();
            return superseded.Count > 0 ? superseded : [.. all.Where(r => r.Origin == Origins.Seed)];
        }
    }

    /// <summary>The records of an earlier version that have the name and the configuration of a job which stood elsewhere in its
    /// stage then, newest first.</summary>
    public IReadOnlyList<JobRecordRow> Moved(JobRecordRow record)
    {
        lock (_gate)
        {
            return [.. _rows.Where(r => r.Origin == Origins.Superseded && r.ConfigHash == record.ConfigHash && r.MetaName == record.MetaName
                && r.Pipeline == record.Pipeline && r.Stage == record.Stage && r.Index != record.Index && r.Iteration == record.Iteration).Reverse()];
        }
    }

    /// <summary>The newest record of one of the activities in an iteration, or null.</summary>
    public JobRecordRow? Newest(IEnumerable<string> activityIds, int iteration)
    {
        lock (_gate)
        {
            return activityIds
                .Select(id => _newest.GetValueOrDefault((id, iteration)))
                .OrderBy(found => found.Order).LastOrDefault().Row;
        }
    }

    /// <summary>A record's outputs.</summary>
    public static JsonObject Outputs(JobRecordRow row) => PythonJson.Parse(row.Outputs, row.JobId)!.AsObject();

    private readonly record struct JobSlot(string Pipeline, string Stage, int Index, int Iteration);
}
