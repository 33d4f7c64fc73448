using Sandbox.Core.Configuration;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Context;

/// <summary>Turns a context file into records of a new run: a pipeline of the last iteration counts as finished where the
/// file has as many jobs of the same names as the config.</summary>
internal static class ContextSeeds
{
    public static IEnumerable<JobRecordRow> Of(ContextInfos infos, SandboxConfig config, string runId, DateTimeOffset now)
    {
        var pipelines = config.Pipelines.ToDictionary(p => p.Name, StringComparer.Ordinal);
        foreach (var iteration in infos.Iterations)
        {
            foreach (var finished in iteration.Pipelines)
            {
                if (pipelines.TryGetValue(finished.Name, out var pipeline) && IsFinished(pipeline, finished))
                {
                    foreach (var row in Rows(pipeline, finished, iteration.Number, runId, now))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    /// <summary>Why a file that holds results gave none.</summary>
    public static IReadOnlyList<Fault> NothingTaken(ContextInfos infos, SandboxConfig config, string path)
    {
        var names = infos.Iterations.SelectMany(i => i.Pipelines).Select(p => p.Name).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            return [];
        }

        var own = config.Pipelines.Select(p => p.Name).ToList();
        var why = names.Intersect(own, StringComparer.Ordinal).Any()
            ? "none of its pipelines has all the jobs that the config gives it"
            : $"it is of the pipelines {string.Join(", ", names)}, and the config has {string.Join(", ", own)}";
        return [new Fault(new SourceLocation(path, 0, 0), $"nothing is taken from this file: {why}. All jobs run.", FaultSeverity.Warning)];
    }

    private static bool IsFinished(PipelineConfig pipeline, PipelineContext finished) =>
        pipeline.Jobs.Count == finished.Jobs.Count
        && pipeline.Jobs.Zip(finished.Jobs).All(pair => pair.First.MetaName == pair.Second.MetaName);

    private static IEnumerable<JobRecordRow> Rows(
        PipelineConfig pipeline, PipelineContext finished, int iteration, string runId, DateTimeOffset now) =>
        pipeline.Jobs.Zip(finished.Jobs).Select((pair, place) => new JobRecordRow
        {
            RunId = runId,
            JobId = FormattableString.Invariant($"file:{iteration}:{pipeline.Name}:{place}"),
            ActivityId = string.Empty,
            Iteration = iteration,
            Pipeline = pipeline.Name,
            Stage = pair.First.Stage.ShortName,
            Index = pair.First.Index,
            MetaName = pair.First.MetaName,
            Outputs = PythonJson.Write(pair.Second.ToJson()),
            RecordedAt = now.ToUnixTimeMilliseconds(),
            Origin = Origins.Seed,
        });
}
