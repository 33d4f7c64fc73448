using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;

namespace Sandbox.Cli.Doctor;

/// <summary>How many GPUs a job asks for.</summary>
internal static class GpuNeed
{
    /// <summary>The job's <c>resources.gpus</c>, or the <c>num_gpus</c> of upstream's components.</summary>
    public static int Of(JobConfig job) => job.Resources.TryGetValue("gpus", out var gpus)
        ? gpus
        : job.ExtraConfigs?.Value?["num_gpus"] is JsonValue value && value.TryGetValue(out long count) ? (int)count : 0;
}
