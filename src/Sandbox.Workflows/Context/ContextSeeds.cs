using Sandbox.Core.Configuration;
using Sandbox.Core.Context;
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
