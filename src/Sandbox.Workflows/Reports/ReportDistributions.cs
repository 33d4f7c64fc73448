using Microsoft.EntityFrameworkCore;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Reports.Distributions;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Reports;

/// <summary>The distributions of probed statistics: for each pipeline the first analysis, and the last over it.</summary>
internal sealed class ReportDistributions(RunsDatabase database, SandboxHome home)
{
    public async Task<IReadOnlyList<DistributionGroup>> OfAsync(
        RunView run, IReadOnlyList<JobView> analyses, CancellationToken cancellationToken)
    {
        var groups = new List<DistributionGroup>();
        foreach (var pipeline in analyses.GroupBy(j => j.Pipeline, StringComparer.Ordinal))
        {
            var before = await SourceAsync(run.Id, pipeline.First(), cancellationToken);
            var after = pipeline.Last().Id == pipeline.First().Id ? null : await SourceAsync(run.Id, pipeline.Last(), cancellationToken);
            if (before is not null)
            {
                groups.Add(await DistributionBuilder.BuildAsync(pipeline.Key, before, after, cancellationToken));
            }
        }

        return groups;
    }

    private async Task<StatsSource?> SourceAsync(string runId, JobView job, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var artifact = await db.Artifacts.AsNoTracking()
            .Where(a => a.RunId == runId && a.JobId == job.Id && a.Path.EndsWith("_stats.jsonl"))
            .OrderBy(a => a.Sequence).FirstOrDefaultAsync(cancellationToken);
        var path = artifact is null ? null : Path.Combine(home.RunDirectory(runId), artifact.CopyPath);
        return File.Exists(path) ? new StatsSource(job.MetaName ?? job.Hook, path) : null;
    }
}
