using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>One load: parse, override, read, check.</summary>
internal sealed class ConfigLoad
{
    private readonly IConfigFiles _files;
    private readonly IJobKnowledge _knowledge;
    private readonly ISweepCheck? _sweeps;
    private readonly Findings _findings = [];
    private readonly SourceFiles _sources;

    public ConfigLoad(IConfigFiles files, IJobKnowledge knowledge, ISweepCheck? sweeps)
    {
        (_files, _knowledge, _sweeps) = (files, knowledge, sweeps);
        _sources = new SourceFiles(files, _findings);
    }

    public SandboxConfigResult Run(string path, IReadOnlyList<string> overrides)
    {
        if (_sources.Load(path, null, "config") is not { } file)
        {
            return new SandboxConfigResult(null, _findings.Sorted());
        }

        if (file is not ConfigMapping root)
        {
            var what = file is ConfigScalar { IsNull: true } ? "the file is empty" : $"the file holds {file.Noun}";
            _findings.Error(file.Location, $"{what}: a sandbox config is a mapping of keys such as project_name, pipelines, probe_job_configs.");
            return new SandboxConfigResult(null, _findings.Sorted());
        }

        root = new OverrideApplier(_sources, _knowledge.Stages, _findings).Apply(root, ConfigOverride.Parse(overrides, _findings));
        var config = Read(path, root) with { Overrides = overrides, Source = _sources.Read[0], Files = [.. _sources.Read.Skip(1)] };
        return new SandboxConfigResult(_findings.HasErrors ? null : config, _findings.Sorted());
    }

    private SandboxConfig Read(string path, ConfigMapping root)
    {
        var config = new SettingsReader(_sources, _sweeps, _knowledge.Stages, _findings).Read(path, root);
        var (drafts, isSingle) = new PipelineReader(new JobReader(_sources, _findings), _knowledge.Stages, _findings).Read(root);
        if (!_findings.HasErrors && drafts.All(p => p.Jobs.Count == 0))
        {
            _findings.Warn(root.Location, "the config has no jobs: there is nothing to run.");
        }

        var order = RunningOrder.Of(drafts, isSingle, config.Studio);
        var table = new JobTable(order);
        var checker = new JobChecker(_files, _knowledge, _sources, table, _findings);
        var jobs = new Dictionary<JobDraft, JobConfig>(ReferenceEqualityComparer.Instance);
        foreach (var job in order.SelectMany(p => p.Jobs))
        {
            jobs[job] = checker.Check(job);
        }

        var pipelines = drafts
            .Select(p => new PipelineConfig(p.Name, [.. p.Jobs.Select(j => jobs[j])]) { Location = p.Location })
            .ToList();
        config = new IterationReader(table, _findings).Read(config, root);
        return config with { Pipelines = pipelines, IsSinglePipeline = isSingle };
    }
}
