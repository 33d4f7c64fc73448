using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Hooks;

namespace Sandbox.Workflows.Sweeps;

/// <summary>The parameters of a trial as overrides of the sandbox config: a whole address
/// (<c>pipeline.meta_name.dj_configs.process.OP.ARG</c>), or <c>OP.ARG</c> for that operator in every recipe.</summary>
internal static class TrialParameters
{
    private const string Process = "process";

    public static IReadOnlyList<string> Overrides(SandboxConfig config, JsonObject parameters) =>
        [.. Flat(parameters, string.Empty).SelectMany(p => Addresses(config, p.Key).SelectMany(a => new[] { "--" + a, p.Value?.ToJsonString() ?? "null" }))];

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Flat(JsonObject group, string prefix) => group.SelectMany(p =>
        p.Value is JsonObject inner && inner.Count > 0 ? Flat(inner, prefix + p.Key + ".") : [new KeyValuePair<string, JsonNode?>(prefix + p.Key, p.Value)]);

    private static IEnumerable<string> Addresses(SandboxConfig config, string name)
    {
        var parts = name.Split('.');
        var recipes = parts.Length == 2 ? config.Pipelines.SelectMany(p => p.Jobs.Where(j => Has(j, parts[0])).Select(j => Address(config, p, j, name))).ToList() : [];
        return recipes.Count > 0 ? recipes : [name];
    }

    private static bool Has(JobConfig job, string op) =>
        job.DjConfigs?.Value?[Process] is JsonArray process && process.Any(o => o is JsonObject item && item.ContainsKey(op));

    private static string Address(SandboxConfig config, PipelineConfig pipeline, JobConfig job, string name)
    {
        var place = FormattableString.Invariant($"{job.Stage.ConfigKey}.{job.Index}.dj_configs.{Process}.{name}");
        return config.IsSinglePipeline ? place : $"{pipeline.Name}.{place}";
    }
}
