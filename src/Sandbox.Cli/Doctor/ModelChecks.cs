using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;

namespace Sandbox.Cli.Doctor;

/// <summary>Models that jobs name: files and directories, or names of the Hugging Face hub, which are looked for in its
/// cache.</summary>
internal static class ModelChecks
{
    private static readonly string[] Keys = ["model", "model_name_or_path", "pretrained_model_name_or_path", "hf_model", "model_name", "transformer_path"];

    /// <summary>The checks, one a model.</summary>
    public static IEnumerable<Check> Of(IEnumerable<(string Name, JobConfig Job)> jobs, string directory) => jobs
        .SelectMany(j => Names(j.Job.ExtraConfigs?.Value).Concat(Names(j.Job.DjConfigs?.Value)).Select(model => (model, j.Name)))
        .GroupBy(m => m.model, m => m.Name, StringComparer.Ordinal)
        .Select(group => Look(group.Key, directory, [.. group.Distinct(StringComparer.Ordinal)]));

    private static Check Look(string model, string directory, IReadOnlyList<string> jobs)
    {
        if (Path.Exists(Path.GetFullPath(model, directory)))
        {
            return new Check("model", model, CheckStatus.Ok, "is there", jobs);
        }

        var cached = Path.Combine(HubCache, "models--" + model.Replace("/", "--", StringComparison.Ordinal));
        return Directory.Exists(cached)
            ? new Check("model", model, CheckStatus.Ok, $"in the cache {cached}", jobs)
            : new Check("model", model, CheckStatus.Warning, "neither a path nor in the cache of the Hugging Face hub; the job must fetch it while it runs", jobs);
    }

    private static string HubCache => Environment.GetEnvironmentVariable("HF_HUB_CACHE")
        ?? Path.Combine(
            Environment.GetEnvironmentVariable("HF_HOME")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "huggingface"),
            "hub");

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(e => Keys.Contains(e.Key, StringComparer.Ordinal) && Text(e.Value) is { } text ? [text] : Names(e.Value)),
        JsonArray list => list.SelectMany(Names),
        _ => [],
    };

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;
}
