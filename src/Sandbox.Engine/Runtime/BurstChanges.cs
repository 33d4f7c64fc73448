using Sandbox.Engine.Bookmarks;
using Sandbox.Engine.Incidents;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Journal;

namespace Sandbox.Engine.Runtime;

/// <summary>What a burst changed and its commit must write: no more than that, so that a job costs the same however
/// large the instance is.</summary>
internal sealed class BurstChanges
{
    public List<ActivityExecution> Executions { get; } = [];

    public List<JournalEvent> Journal { get; } = [];

    public HashSet<Bookmark> AddedBookmarks { get; } = [];

    public List<Bookmark> RemovedBookmarks { get; } = [];

    public List<JobTicket> Jobs { get; } = [];

    public List<Incident> Incidents { get; } = [];

    /// <summary>Executions whose incidents a retry has settled.</summary>
    public List<ActivityExecution> SettledIncidents { get; } = [];

    public void Touch(ActivityExecution execution)
    {
        if (!execution.IsDirty)
        {
            execution.IsDirty = true;
            Executions.Add(execution);
        }
    }

    public void Touch(JobTicket job)
    {
        if (!job.IsDirty)
        {
            job.IsDirty = true;
            Jobs.Add(job);
        }
    }

    public void Remove(Bookmark bookmark)
    {
        if (!AddedBookmarks.Remove(bookmark))
        {
            RemovedBookmarks.Add(bookmark);
        }
    }

    /// <summary>Forgets everything: it is committed.</summary>
    public void Clear()
    {
        foreach (var execution in Executions)
        {
            (execution.IsDirty, execution.IsStored) = (false, true);
        }

        Jobs.ForEach(job => (job.IsDirty, job.IsStored) = (false, true));
        Executions.Clear();
        Journal.Clear();
        AddedBookmarks.Clear();
        RemovedBookmarks.Clear();
        Jobs.Clear();
        Incidents.Clear();
        SettledIncidents.Clear();
    }
}
