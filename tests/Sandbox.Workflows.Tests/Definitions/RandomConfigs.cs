using System.Text.Json.Nodes;
using Sandbox.Core.Configuration;
using Sandbox.Core.Hooks;

namespace Sandbox.Workflows.Tests.Definitions;

/// <summary>Sandbox configs of every shape.</summary>
internal sealed class RandomConfigs(Random random, bool withReferences)
{
    private static readonly string[] Names = ["build", "a/b", "x+2", "tilde~0", "ünï", "true", "1", "with space", "c: d"];
    private static readonly string[] Hooks = ["ProcessDataHook", "TrainModelHook", "ProbeViaAnalyzerHook", "EvaluateDataHook"];

    private readonly List<string> _results = [];

    public SandboxConfig Next()
    {
        _results.Clear();
        var isSingle = random.Next(3) == 0;
        var pipelines = isSingle
            ? [Pipeline("anonymous")]
            : Names.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(Pipeline).ToList();
        var targets = withReferences && _results.Count > 0 && random.Next(2) == 0;
        return new SandboxConfig
        {
            Path = "some/config.yaml",
            ProjectName = Text(),
            ExperimentName = Text(),
            WorkDir = "./out/" + random.Next(10),
            Resume = random.Next(2) == 0,
            Debug = random.Next(2) == 0,
            Hpo = random.Next(4) switch { 0 => new ConfigReference("sweep.yaml", null), 1 => new ConfigReference(null, Map(2)), _ => null },
            Pipelines = pipelines,
            IsSinglePipeline = isSingle,
            MaxIterNum = random.Next(3) == 0 ? random.Next(2, 5) : 1,
            IterTargets = targets ? [$"{_results[0]} > {random.Next(9)}", $"{_results[^1]} <= 1e-5"] : [],
            IterTargetsMode = targets && random.Next(2) == 0 ? "any" : "all",
        };
    }

    public string Text() => new string[]
    {
        "plain", "with \"quotes\"", "null", "1.0", "- dash", "line\nbreak", "ünï: #", " lead", "trail ", "{a}", "true", "0x1F", "\t", "'", "*a",
    }[random.Next(15)];

    public JsonObject Map(int depth)
    {
        var map = new JsonObject { ["k"] = Node(depth - 1) };
        for (var i = random.Next(3); i > 0; i--)
        {
            map[Text()] = Node(depth - 1);
        }

        return map;
    }

    private PipelineConfig Pipeline(string name) => new(name, [.. Stage.BuiltIn.SelectMany(stage =>
        Enumerable.Range(0, random.Next(3)).Select(index => Job(name, stage, index)))]);

    private JobConfig Job(string pipeline, Stage stage, int index)
    {
        var job = Job(stage, index);
        if (job.MetaName is not null)
        {
            _results.Add($"{pipeline}.{job.MetaName}.5");
        }

        return job;
    }

    private JobConfig Job(Stage stage, int index) => new()
    {
        Stage = stage,
        Index = index,
        Hook = Hooks[random.Next(Hooks.Length)],
        MetaName = random.Next(4) == 0 ? null : $"m\"{_results.Count}",
        DjConfigs = Reference(),
        ExtraConfigs = Reference(),
        Input = Input(),
        Local = random.Next(2) == 0 ? new() : new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { ["dj_configs.np"] = Node(1), ["extra_configs.q"] = null },
        Output = random.Next(4) switch { 0 => ["one"], 1 => ["one", "two"], 2 => [], _ => null },
        Retry = random.Next(3) == 0 ? new RetryOptions(random.Next(1, 5), TimeSpan.FromMilliseconds(random.Next(100_000))) : null,
        Timeout = random.Next(3) == 0 ? TimeSpan.FromSeconds(random.Next(1, 100_000)) : null,
    };

    private Dictionary<string, string> Input() => withReferences && _results.Count > 0 && random.Next(2) == 0
        ? new(StringComparer.Ordinal) { ["extra_configs.z"] = _results[0], ["dj_configs.a"] = _results[random.Next(_results.Count)] }
        : new(StringComparer.Ordinal);

    private ConfigReference? Reference() => random.Next(3) switch
    {
        0 => null,
        1 => new ConfigReference(random.Next(2) == 0 ? "configs/recipe.yaml" : "configs/other.json", null),
        _ => new ConfigReference(null, Map(3)),
    };

    private JsonNode? Node(int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-5, 1000),
        3 => random.NextDouble() * Math.Pow(10, random.Next(-12, 12)),
        4 or 5 => Text(),
        6 => Map(depth),
        _ => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Node(depth - 1))]),
    };
}
