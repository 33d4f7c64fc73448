using System.Text.Json.Nodes;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>Puts jobs into the order in which they run, where <c>studio</c> says that it is not the order of the file:
/// which results exist by then depends on it.</summary>
internal static class RunningOrder
{
    /// <summary>The pipelines in running order; one whose jobs run in several parts comes several times.</summary>
    public static IReadOnlyList<PipelineDraft> Of(IReadOnlyList<PipelineDraft> drafts, bool isSingle, JsonObject? studio)
    {
        if (StudioLayout.Given(studio) is not { } given)
        {
            return drafts;
        }

        var jobs = new Dictionary<string, JobDraft>(StringComparer.Ordinal);
        var pipelines = drafts.DistinctBy(p => p.Name, StringComparer.Ordinal).ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var job in drafts.SelectMany(p => p.Jobs))
        {
            if (!jobs.TryAdd(StudioKeys.Job(job.Pipeline, job.Stage, job.Index), job))
            {
                return drafts;
            }
        }

        var order = StudioLayout.Resolve(given, [.. jobs.Values.Select(j => (j.Pipeline, j.Stage, j.Index))], isSingle)
            .SelectMany(item => item.Jobs()).Select(key => jobs[key]);
        return [.. order.Select(job => pipelines[job.Pipeline] with { Jobs = [job] })];
    }
}
