using Sandbox.Engine.Definitions;
using Sandbox.Testing;
using Sandbox.Workflows.Definitions;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Tests.Definitions;

/// <summary>What the repository ships, and what upstream ran, goes there and back.</summary>
public sealed class ShippedFilesTests
{
    // Recipes, and sweeps: what a sweep does is no pipeline, so it is exported as JSON only.
    private static readonly string[] Recipes =
        ["recipe.yaml", "process.yaml", "recipe-swept.yaml", "recipe-sweep.yaml", "sweep.yaml", "sweep-quick.yaml", "sweep-advice.yaml"];

    [Fact]
    public void Every_config_of_the_demo_comes_back_as_a_yaml_that_compiles_to_the_same_text() =>
        RoundTrip(Directory.GetFiles(Path.Combine(Reference.Repository, "configs", "demo"), "*.yaml"), Reference.Repository).ShouldBeGreaterThan(0);

    [ReferenceFact("upstream-runs/data-juicer/sandbox")]
    public void Every_config_of_upstreams_runs_comes_back_as_a_yaml_that_compiles_to_the_same_text()
    {
        var current = Reference.Find("upstream-runs/data-juicer")!;
        RoundTrip(Directory.GetFiles(Path.Combine(current, "sandbox"), "*.yaml"), current).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_demo_among_the_workflows_is_what_its_config_compiles_to()
    {
        var check = SandboxServices.ConfigCheck().Check(new RunRequest("configs/demo/quick.yaml", [], Reference.Repository));
        File.ReadAllText(Workflow("demo-quick.json")).ShouldBe(
            DefinitionText.Json(check.Definition!), "run: sandbox compile configs/demo/quick.yaml -o workflows/demo-quick.json");
    }

    [Fact]
    public async Task Every_workflow_can_be_imported()
    {
        await using var home = new TestHome();
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(Workflow("x"))!, "*.json"))
        {
            (await home.Workflows.ImportAsync(path, CancellationToken.None)).Definition.IsPublished.ShouldBeTrue(path);
        }
    }

    [Fact]
    public async Task The_control_flow_workflow_runs()
    {
        await using var home = new TestHome();
        (await RunAsync(home, "control-flow.json")).ShouldBe("finished");
        home.Output.ToString().ShouldBe("Hello.\nC#\nYAML\nSQL\nGoodbye.\n");
    }

    [Fact]
    public async Task The_workflow_that_branches_trains_the_large_model_where_the_small_one_misses_its_target()
    {
        await using var home = new TestHome();
        foreach (var name in new[] { "train.jsonl", "tune.jsonl" })
        {
            var slice = Path.Combine("configs", "demo", "corpus", "slice", name);
            home.Write(slice, string.Join('\n', File.ReadLines(Path.Combine(Reference.Repository, slice)).Take(20)));
        }

        (await RunAsync(home, "branch-on-targets.json")).ShouldBe("finished");
        home.Output.ToString().ShouldContain("the large one is trained");
        File.Exists(Path.Combine(home.Current, "outputs", "branch-on-targets", "order-3.arpa")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_workflow_of_pools_trains_on_all_of_them_side_by_side_and_ranks_them()
    {
        await using var home = new TestHome();
        foreach (var name in new[] { "slice/train.jsonl", "slice/tune.jsonl", "vocabulary.txt" })
        {
            var path = Path.Combine("configs", "demo", "corpus", name);
            home.Write(path, string.Join('\n', File.ReadLines(Path.Combine(Reference.Repository, path)).Take(60)));
        }

        var run = await home.Workflows.StartAsync(Workflow("pools-in-parallel.json"), home.Current, [], CancellationToken.None);
        (await home.WorkAsync(run)).ShouldBe("finished");
        var jobs = (await home.Queries.GetAsync(run, CancellationToken.None)).Jobs.ToDictionary(j => j.MetaName!, StringComparer.Ordinal);

        // The ranking is that of the figures, whatever they are.
        var ranked = new[] { "few", "some", "many" }.Select((n, i) => (Pool: jobs["pools"].Outputs!["paths"]![i]!.ToString(), Loss: jobs[$"tune_{n}"].Outputs!["perplexity"]!.GetValue<double>()))
            .OrderBy(p => p.Loss).Select(p => p.Pool);
        jobs["rank"].Outputs!["best"]!.AsArray().Select(p => p!.ToString()).ShouldBe(ranked);
    }

    private static async Task<string> RunAsync(TestHome home, string workflow) => await home.WorkAsync(
        await home.Workflows.StartAsync(Workflow(workflow), home.Current, [], CancellationToken.None));

    // Configs that cannot run here (missing data, operators of the real Data-Juicer) do not compile at all.
    private static int RoundTrip(IEnumerable<string> paths, string current)
    {
        var compared = 0;
        foreach (var path in paths.Where(p => !Recipes.Contains(Path.GetFileName(p), StringComparer.Ordinal)))
        {
            var check = SandboxServices.ConfigCheck().Check(new RunRequest(path, [], current));
            if (!check.IsValid)
            {
                continue;
            }

            compared++;
            var definition = DefinitionJson.Read(check.Definition!);
            SandboxYaml.Export(definition, path).ShouldNotContain("studio:");
            var copy = Path.GetTempFileName();
            try
            {
                File.WriteAllText(copy, SandboxYaml.Export(definition, copy));
                var again = SandboxServices.ConfigCheck().Check(new RunRequest(copy, [], current));
                again.IsValid.ShouldBeTrue(string.Join('\n', again.Faults));
                DefinitionText.Json(again.Definition!).ShouldBe(DefinitionText.Json(check.Definition!), path);
            }
            finally
            {
                File.Delete(copy);
            }
        }

        return compared;
    }

    private static string Workflow(string name) => Path.Combine(Reference.Repository, "workflows", name);
}
