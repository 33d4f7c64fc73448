using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sandbox.Server.Work;
using Sandbox.Workflows.Runs;

namespace Sandbox.Server.Runs;

/// <summary>Runs as the pages get them.</summary>
internal static class RunJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        MaxDepth = 512,
    };

    /// <summary>A run with what is known of its running jobs before it is committed.</summary>
    public static object Page(RunView run, LiveRuns live)
    {
        var worked = live.Find(run.Id);
        return new
        {
            run.Id,
            run.Name,
            run.State,
            run.StartedAt,
            run.EndedAt,
            run.Config,
            run.CurrentDirectory,
            run.DefinitionVersionId,
            run.Failure,
            Jobs = run.Jobs.Select(job => new
            {
                job.Id,
                job.ActivityId,
                job.Hook,
                job.Pipeline,
                job.Stage,
                job.Index,
                job.MetaName,
                job.Iteration,
                job.State,
                job.Attempt,
                job.StartedAt,
                job.EndedAt,
                job.Failure,
                job.Outputs,
                job.Origin,
                Progress = worked?.Progress(job.Id),
                Warnings = worked?.Warnings(job.Id),
            }),
        };
    }
}
