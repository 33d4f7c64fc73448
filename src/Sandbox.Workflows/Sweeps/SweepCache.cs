using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Workflows.Context;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Which results of a sweep's earlier trials a job may be answered from: those of embedded jobs, whose result follows
/// from configuration and inputs. Outside programs and services are not asked to be that, unless <c>cache: true</c> says so.</summary>
internal static class SweepCache
{
    private static readonly HashSet<string> Hooks = new(StringComparer.Ordinal)
    {
        "ProbeViaAnalyzerHook", "RefineRecipeViaKSigmaHook", "ProcessDataHook", "DataPoolManipulationHook",
    };

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "ngram_lm", "perplexity", "paired_comparison", "accuracy", "mse", "data_pool_ranking",
    };

    /// <summary>Whether the result of a job follows from its configuration and its inputs.</summary>
    public static bool IsDeterministic(string hook, JsonObject? extraConfigs) =>
        extraConfigs?.ContainsKey("env") != true && extraConfigs?.ContainsKey("env_name") != true
        && (Hooks.Contains(hook) || (extraConfigs?["type"]?.ToString() is { } type && Types.Contains(type)));

    /// <summary>The records of other trials with the same configuration, newest first.</summary>
    public static async Task<IReadOnlyList<JobRecordRow>> CandidatesAsync(
        RunsDbContext db, RunRow run, JobRecordRow record, CancellationToken cancellationToken) =>
        await db.JobRecords.AsNoTracking()
            .Where(r => r.IsShared && r.ConfigHash == record.ConfigHash && r.RunId != run.Id
                && (r.Origin == Origins.Run || r.Origin == Origins.Reused)
                && db.Runs.Any(o => o.Id == r.RunId && o.SweepId == run.SweepId))
            .OrderByDescending(r => r.Sequence).Take(50).ToListAsync(cancellationToken);
}
