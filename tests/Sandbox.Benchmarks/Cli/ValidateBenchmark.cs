using System.Globalization;
using System.Text;
using Sandbox.Benchmarks.Measuring;

namespace Sandbox.Benchmarks.Cli;

/// <summary>Checking a config of 1,000 pipelines with four jobs each.</summary>
internal static class ValidateBenchmark
{
    private const int Pipelines = 1000;
    private const int RoundCount = 5;

    public static async Task<IReadOnlyList<Measure>> RunAsync(PublishedCli cli)
    {
        using var directory = new ScratchDirectory();
        var path = Path.Combine(directory.Path, "big.yaml");
        var text = Config();
        await File.WriteAllTextAsync(path, text);
        var seconds = await Rounds.TimeAsync(
            RoundCount,
            () => Task.Run(() => ReadEvents(text)),
            () => ChildProcess.RunAsync(Repository.Root, cli.Sandbox, "validate", path));
        var (limit, own) = (Rounds.Median(seconds[0]), Rounds.Median(seconds[1]));
        return
        [
            new Measure(
                "sandbox validate, 1,000 pipelines, 4,000 jobs, published, whole process",
                FormattableString.Invariant($"{own:0.00} s"),
                FormattableString.Invariant($"{limit:0.00} s to read {text.Length / 1e6:0.0} MB of YAML events, warm"),
                Rounds.Ratio(seconds[1], seconds[0]), "1 s", own <= 1),
        ];
    }

    private static void ReadEvents(string text)
    {
        var parser = new YamlDotNet.Core.Parser(new StringReader(text));
        while (parser.MoveNext())
        {
        }
    }

    private static string Config()
    {
        var yaml = new StringBuilder("project_name: big\nexperiment_name: big\nwork_dir: ./outputs/big\npipelines:\n");
        for (var i = 0; i < Pipelines; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"""
                  - pipeline_{i}:
                      probe_job_configs:
                        - hook: ProbeViaAnalyzerHook
                          meta_name: analysis_{i}
                          local:
                            dj_configs.dataset_path: ./configs/demo/corpus/slice/train.jsonl
                            dj_configs.export_path: ./outputs/big/{i}/refined.jsonl
                          output: analysed
                          dj_configs: configs/demo/recipe.yaml
                          extra_configs:
                      refine_recipe_job_configs:
                        - hook: RefineRecipeViaKSigmaHook
                          meta_name: analysis_{i}
                          local:
                            dj_configs.dataset_path: ./configs/demo/corpus/slice/train.jsonl
                            dj_configs.export_path: ./outputs/big/{i}/refined.jsonl
                          output: recipe
                          dj_configs: configs/demo/recipe.yaml
                          extra_configs:
                            path_k_sigma_recipe: ./outputs/big/{i}/recipe.yaml
                      execution_job_configs:
                        - hook: ProcessDataHook
                          meta_name: process_{i}
                          input:
                            dj_configs: -1.recipe
                          output: refined
                          dj_configs: <replaced>
                          extra_configs:
                      evaluation_job_configs:
                        - hook: ProbeViaAnalyzerHook
                          meta_name: after_{i}
                          input:
                            dj_configs.dataset_path: pipeline_{i}.process_{i}.refined
                          local:
                            dj_configs.export_path: ./outputs/big/{i}/processed.jsonl
                          dj_configs: configs/demo/recipe.yaml
                          extra_configs:

                """);
        }

        return yaml.ToString();
    }
}
