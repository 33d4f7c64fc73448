namespace Sandbox.Core.Context;

/// <summary>What the jobs of a run gave, by iteration, pipeline and job: upstream's context infos.</summary>
/// <param name="Iterations">The iterations in the order in which they ran.</param>
public sealed record ContextInfos(IReadOnlyList<IterationContext> Iterations)
{
    /// <summary>Nothing yet.</summary>
    public static ContextInfos Empty { get; } = new([]);

    /// <summary>Groups jobs, given in the order in which they ran, by iteration and pipeline.</summary>
    /// <param name="jobs">Iteration (from 1), pipeline and job.</param>
    public static ContextInfos Of(IEnumerable<(int Iteration, string Pipeline, JobContext Job)> jobs) => new(
        [.. jobs.GroupBy(j => j.Iteration).OrderBy(g => g.Key).Select(iteration => new IterationContext(
            iteration.Key,
            [.. iteration.GroupBy(j => j.Pipeline, StringComparer.Ordinal)
                .Select(p => new PipelineContext(p.Key, [.. p.Select(j => j.Job)]))]))]);

    /// <summary>The iteration of that number; one without pipelines where there is none.</summary>
    public IterationContext Iteration(int number) =>
        Iterations.FirstOrDefault(i => i.Number == number) ?? new IterationContext(number, []);
}

/// <summary>One iteration: a look-up sees nothing of the others.</summary>
/// <param name="Number">The iteration, from 1.</param>
/// <param name="Pipelines">The pipelines in the order in which they ran; names are unique.</param>
public sealed record IterationContext(int Number, IReadOnlyList<PipelineContext> Pipelines)
{
    /// <summary>Looks up <c>pipeline.meta_name.output[.nested …]</c>, or <c>-1.output[.nested …]</c>.</summary>
    /// <param name="key">The key as written.</param>
    /// <param name="previous">What <c>-1</c> means; null where no job ran before.</param>
    /// <returns>The value with the job that gave it, or why there is none.</returns>
    public ContextLookup Find(string key, JobContext? previous = null) => ContextSearch.Find(this, key, previous);
}

/// <summary>The jobs of one pipeline in one iteration.</summary>
/// <param name="Name">The pipeline's name.</param>
/// <param name="Jobs">The finished jobs in the order in which they ran.</param>
public sealed record PipelineContext(string Name, IReadOnlyList<JobContext> Jobs);
