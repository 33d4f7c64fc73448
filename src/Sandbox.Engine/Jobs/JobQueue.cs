namespace Sandbox.Engine.Jobs;

/// <summary>Jobs of one instance that wait: those that may start, in the order of their activities, and those that must
/// wait until a time. What was cancelled while waiting is passed over.</summary>
internal sealed class JobQueue
{
    private readonly Queue<JobTicket> _ready = new();
    private readonly PriorityQueue<JobTicket, DateTimeOffset> _later = new();

    public void Add(JobTicket job)
    {
        if (job.DueAt is { } due)
        {
            _later.Enqueue(job, due);
        }
        else
        {
            _ready.Enqueue(job);
        }
    }

    /// <summary>The next job that may start now.</summary>
    public bool TryTake(DateTimeOffset now, out JobTicket job)
    {
        while (_later.TryPeek(out _, out var due) && due <= now)
        {
            _ready.Enqueue(_later.Dequeue());
        }

        while (_ready.TryDequeue(out job!))
        {
            if (job.State == JobState.Queued)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>When the next waiting job is due; null where none waits.</summary>
    public DateTimeOffset? NextDue()
    {
        while (_later.TryPeek(out var job, out _) && job.State != JobState.Queued)
        {
            _later.Dequeue();
        }

        return _later.TryPeek(out _, out var due) ? due : null;
    }
}
