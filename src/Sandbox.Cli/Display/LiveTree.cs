using System.Collections.Concurrent;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>What is known of the jobs of a run while it is worked, as the lines of a tree.</summary>
internal sealed class LiveTree
{
    private readonly ConcurrentDictionary<(string Activity, int Iteration), LiveJob> _jobs;
    private readonly Dictionary<string, int> _order;

    public LiveTree(IReadOnlyList<JobView> jobs)
    {
        _jobs = new(jobs.Select(j => KeyValuePair.Create((j.ActivityId, j.Iteration), new LiveJob(j))));
        _order = jobs.Select((job, i) => (job.ActivityId, i)).GroupBy(x => x.ActivityId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().i, StringComparer.Ordinal);
    }

    /// <summary>Changes what is known of a job.</summary>
    public void Update(JobView job, Func<LiveJob, LiveJob> change) => _jobs.AddOrUpdate(
        (job.ActivityId, job.Iteration), _ => change(new LiveJob(job)), (_, known) => change(known));

    /// <summary>The tree in at most so many lines: what is done is folded first, then what is still to come, and at last
    /// only the part around what runs is shown.</summary>
    public IReadOnlyList<LiveLine> Lines(int height, DateTimeOffset now)
    {
        var stages = _jobs.Values
            .OrderBy(j => j.Job.Iteration).ThenBy(j => _order.GetValueOrDefault(j.Job.ActivityId, int.MaxValue))
            .GroupBy(j => (j.Job.Iteration, j.Job.Pipeline, j.Job.Stage))
            .Select(g => new LiveStage(g.Key.Iteration, g.Key.Pipeline, g.Key.Stage, [.. g]))
            .ToList();
        foreach (var fold in Folds)
        {
            var lines = Lines(stages, fold, now);
            if (lines.Count <= height)
            {
                return lines;
            }
        }

        return Around(Lines(stages, Folds[^1], now), height);
    }

    private static readonly Func<LiveStage, bool>[] Folds =
        [_ => false, stage => stage.IsDone, stage => stage.IsDone || !stage.IsBegun];

    private static List<LiveLine> Lines(List<LiveStage> stages, Func<LiveStage, bool> folds, DateTimeOffset now)
    {
        var lines = new List<LiveLine>();
        foreach (var pipeline in stages.GroupBy(s => (s.Iteration, s.Pipeline)))
        {
            var all = pipeline.SelectMany(s => s.Jobs).ToList();
            lines.Add(LiveText.Pipeline(pipeline.Key.Pipeline, pipeline.Key.Iteration, all));
            if (pipeline.All(folds))
            {
                continue;
            }

            foreach (var stage in pipeline)
            {
                lines.Add(LiveText.Stage(stage));
                lines.AddRange(folds(stage) ? [] : stage.Jobs.Select(job => LiveText.Job(job, now)));
            }
        }

        return lines;
    }

    private static IReadOnlyList<LiveLine> Around(List<LiveLine> lines, int height)
    {
        if (height < 3)
        {
            return [.. lines.Where(l => l.IsActive).Take(Math.Max(1, height))];
        }

        // Two lines say what is left out.
        var active = Math.Max(0, lines.FindIndex(l => l.IsActive));
        var room = height - 2;
        var start = Math.Clamp(active - (room / 2), 0, Math.Max(0, lines.Count - room));
        var end = Math.Min(lines.Count, start + room);
        return [LiveText.More(start, "above"), .. lines[start..end], LiveText.More(lines.Count - end, "below")];
    }
}

/// <summary>A job as it stands.</summary>
internal sealed record LiveJob(JobView Job)
{
    public double? Fraction { get; init; }

    public string? Text { get; init; }

    public string? Metric { get; init; }
}

/// <summary>A stage of a pipeline in one iteration.</summary>
internal sealed record LiveStage(int Iteration, string Pipeline, string Stage, IReadOnlyList<LiveJob> Jobs)
{
    public bool IsDone => Jobs.All(j => j.Job.State == RunStates.Finished);

    public bool IsBegun => Jobs.Any(j => j.Job.State != RunStates.Pending || j.Job.StartedAt is not null);
}
