using System.Text.Json.Nodes;
using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Runs;

public sealed class SameConfigTwiceTests
{
    private const string Config = "twice.yaml";

    [Fact]
    public async Task Two_runs_of_one_config_at_the_same_time_give_what_each_gives_alone()
    {
        var alone = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var seed in (string[])["1", "2"])
        {
            using var site = NewSite();
            (await site.RunAsync(Arguments(seed))).Succeeded();
            alone[seed] = Results(await site.NewestAsync());
        }

        alone["1"].ShouldNotBe(alone["2"]);
        using var shared = NewSite();
        using var first = shared.Start(Arguments("1"));
        using var second = shared.Start(Arguments("2"));
        var (firstId, secondId) = (await first.RunIdAsync(), await second.RunIdAsync());
        (await first.EndAsync()).Succeeded();
        (await second.EndAsync()).Succeeded();

        var runs = new[] { await shared.ShowAsync(firstId), await shared.ShowAsync(secondId) };
        Results(runs[0]).ShouldBe(alone["1"]);
        Results(runs[1]).ShouldBe(alone["2"]);
        foreach (var file in (string[])["pools/iter_1/rows_12.jsonl", "lm.arpa"])
        {
            var job = file == "lm.arpa" ? "train" : "subset";
            var copies = runs.Select(run => File.ReadAllText(shared.Copy(run.Id, run.Job(job), $"out/{file}"))).ToList();
            copies[0].ShouldNotBe(copies[1], file);
            copies.ShouldContain(shared.Read($"out/{file}"), file);
        }

        shared.Files("out").ShouldBe(["context_infos.json", "lm.arpa", "pools/iter_1/rows_12.jsonl"]);
    }

    private static string[] Arguments(string seed) => ["run", Config, "--anonymous.subset.extra_configs.shuffle_seed", seed];

    private static string Results(RunShown run) => new JsonArray([.. run.Jobs.Select(job => job["outputs"]?.DeepClone())]).ToJsonString();

    private static Site NewSite()
    {
        var site = new Site();
        site.Write("data/rows.jsonl", Enumerable.Range(0, 40).Select(i => $$"""{"text":"w{{i}} w{{i * 7 % 40}} w{{i * 3 % 40}}"}"""));
        site.Write(Config, """
            project_name: e2e
            experiment_name: twice
            work_dir: ./out
            execution_job_configs:
              - hook: DataPoolManipulationHook
                meta_name: subset
                output: pools
                dj_configs:
                extra_configs: {type: data_pool_downsampling, dataset_path: [./data/rows.jsonl], target_num_samples: 12, export_path: ./out/pools, shuffle_seed: 1}
              - hook: TrainModelHook
                meta_name: train
                output: model
                dj_configs:
                extra_configs: {type: ngram_lm, train_dataset: ./out/pools/rows_12.jsonl, model_path: ./out/lm.arpa, order: 2, unit: word, text_key: text}
            evaluation_job_configs:
              - hook: EvaluateModelHook
                meta_name: judge
                output: [perplexity, tokens, unknown]
                dj_configs:
                extra_configs: {type: perplexity, model_path: ./out/lm.arpa, dataset_path: ./out/pools/iter_1/rows_12.jsonl}
            """);
        return site;
    }
}
