using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Tests.Configuration;

/// <summary>Files in memory under <c>/run</c>; whatever is not there does not exist.</summary>
internal sealed class MemoryFiles : IConfigFiles
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public MemoryFiles Add(string path, string content = "")
    {
        _files[FullPath(path)] = Encoding.UTF8.GetBytes(content);
        return this;
    }

    /// <summary>How often a path was asked for.</summary>
    public int Asked { get; private set; }

    public string FullPath(string path)
    {
        Asked++;
        return Path.GetFullPath(path, "/run");
    }

    public byte[]? Read(string path) => _files.GetValueOrDefault(FullPath(path));

    public bool Exists(string path) => _files.ContainsKey(FullPath(path));
}

/// <summary>The twelve hooks, and rules simple enough to follow in a test: <c>export_path</c>, <c>model_path</c> and
/// <c>path_k_sigma_recipe</c> are written, other <c>*_path</c> options read, <c>bad</c> options are faults.</summary>
internal sealed class StubKnowledge : IJobKnowledge
{
    private static readonly string[] Writes = ["export_path", "model_path", "path_k_sigma_recipe"];

    public List<JobInspection> Inspected { get; } = [];

    public Func<JobInspection, int?> Results { get; init; } = _ => null;

    public IReadOnlyCollection<HookDescriptor> Hooks { get; init; } =
    [
        Hook("ProbeViaAnalyzerHook", Stage.Probe, Stage.Evaluate),
        Hook("ProbeViaModelInferHook", Stage.Probe, Stage.Evaluate),
        Hook("GeneralProbeHook", Stage.Probe),
        Hook("RefineRecipeViaKSigmaHook", Stage.Refine),
        Hook("RefineRecipeViaModelFeedbackHook", Stage.Refine),
        Hook("ProcessDataHook", Stage.Execute),
        Hook("DataPoolManipulationHook", Stage.Execute),
        Hook("GeneralDataExecutorHook", Stage.Execute),
        Hook("TrainModelHook", Stage.Execute),
        Hook("InferModelHook", Stage.Execute),
        Hook("EvaluateDataHook", Stage.Evaluate),
        Hook("EvaluateModelHook", Stage.Evaluate),
    ];

    public JobReport Inspect(JobInspection job)
    {
        Inspected.Add(job);
        var faults = new List<OptionFault>();
        var paths = new List<JobPath>();
        foreach (var (name, config) in new[] { ("dj_configs", job.DjConfigs), ("extra_configs", job.ExtraConfigs) })
        {
            Walk(name, config, faults, paths);
        }

        return new JobReport(faults, paths, Results(job));
    }

    private static void Walk(string key, JsonNode? node, List<OptionFault> faults, List<JobPath> paths)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map)
                {
                    Option($"{key}.{name}", name, value, faults, paths);
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    Walk(FormattableString.Invariant($"{key}.{i}"), list[i], faults, paths);
                }

                break;
        }
    }

    private static void Option(string key, string name, JsonNode? value, List<OptionFault> faults, List<JobPath> paths)
    {
        if (name == "bad")
        {
            faults.Add(new OptionFault(key, "unknown option \"bad\"."));
        }

        var isWrite = Writes.Contains(name, StringComparer.Ordinal);
        if (isWrite || name.EndsWith("_path", StringComparison.Ordinal))
        {
            var items = value is JsonArray list ? list.Select((v, i) => (Key: FormattableString.Invariant($"{key}.{i}"), Value: v)) : [(Key: key, Value: value)];
            paths.AddRange(items
                .Where(p => p.Value is JsonValue)
                .Select(p => new JobPath(p.Key, p.Value!.GetValue<string>(), isWrite ? PathAccess.Write : PathAccess.Read)));
        }
        else
        {
            Walk(key, value, faults, paths);
        }
    }

    private static HookDescriptor Hook(string name, params Stage[] stages) =>
        new(name, stages, null, name, UsesDjConfigs: false, UsesExtraConfigs: false);
}

/// <summary>Loads a config from memory.</summary>
internal static class Loading
{
    public static SandboxConfigResult Load(string yaml, MemoryFiles? files = null, StubKnowledge? knowledge = null, params string[] overrides) =>
        new SandboxConfigLoader((files ?? new MemoryFiles()).Add("s.yaml", yaml), knowledge ?? new StubKnowledge()).Load("s.yaml", overrides);

    /// <summary>The findings as printed.</summary>
    public static string[] Faults(string yaml, MemoryFiles? files = null, StubKnowledge? knowledge = null, params string[] overrides) =>
        [.. Load(yaml, files, knowledge, overrides).Faults.Select(f => f.ToString())];
}
