using Sandbox.Core.Configuration;
using Sandbox.Core.Configuration.Files;
using Sandbox.Core.Faults;
using Sandbox.Testing;

namespace Sandbox.Core.Tests.Configuration;

public sealed class UpstreamConfigTests
{
    [ReferenceTheory("upstream-runs/data-juicer/sandbox/k-sigma.yaml")]
    [InlineData("data-juicer", "sandbox/k-sigma.yaml", 4)]
    [InlineData("data-juicer", "sandbox/iterate.yaml", 3)]
    [InlineData("data-juicer", "sandbox/pools.yaml", 12)]
    [InlineData("data-juicer", "sandbox/conversions.yaml", 3)]
    [InlineData("auto-prompt", "sandbox/auto-prompt.yaml", 7)]
    public void Configs_of_the_reference_runs_load(string folder, string path, int jobs)
    {
        var files = new DiskConfigFiles(Reference.Find($"upstream-runs/{folder}")!);
        var result = new SandboxConfigLoader(files, new StubKnowledge()).Load(path);

        // "pools" ranks paths that are names only, which the stub does not know, in a stage that is not the hook's own.
        if (path.EndsWith("pools.yaml", StringComparison.Ordinal))
        {
            result.Faults.ShouldAllBe(f => f.Severity == FaultSeverity.Warning || f.Message.Contains(".jsonl\" does not exist"));
            return;
        }

        result.Faults.ShouldBeEmpty();
        result.Config.ShouldNotBeNull().Pipelines.Sum(p => p.Jobs.Count).ShouldBe(jobs);
    }

    [ReferenceFact("upstream-runs/data-juicer/sandbox/fails.yaml")]
    public void A_missing_data_set_is_found_before_anything_runs()
    {
        var files = new DiskConfigFiles(Reference.Find("upstream-runs/data-juicer")!);
        var result = new SandboxConfigLoader(files, new StubKnowledge()).Load("sandbox/fails.yaml");

        result.Config.ShouldBeNull();
        var fault = result.Faults.ShouldHaveSingleItem();
        fault.ToString().ShouldStartWith("sandbox/fails.yaml:25:13: extra_configs.predicted_dataset_path: \"./inputs/not-there.jsonl\" does not exist");
    }
}
