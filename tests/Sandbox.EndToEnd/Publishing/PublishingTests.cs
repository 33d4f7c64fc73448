using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Publishing;

public sealed class PublishingTests
{
    [Fact]
    public async Task Files_and_directories_are_published_in_upstreams_layout_and_merged_with_what_is_there()
    {
        using var site = new Site();
        site.Write("data/rows.jsonl", Enumerable.Range(0, 40).Select(i => $$"""{"text":"one two w{{i}}","sure":{{i}}}"""));
        site.Write("out/pools/iter_1/mine.txt", "a user's own");
        site.Write("out/pools/iter_1/sub/mine.txt", "a user's own");
        site.Write("publish.yaml", Config);

        (await site.RunAsync("run", "publish.yaml")).Succeeded();

        site.Files("out").ShouldBe(
        [
            "context_infos.json", "data/iter_1/kept.jsonl", "data/iter_2/kept.jsonl", "pools/iter_1/kept_ignore_stats_0.jsonl",
            "pools/iter_1/kept_ignore_stats_1.jsonl", "pools/iter_1/mine.txt", "pools/iter_1/sub/mine.txt",
            "pools/iter_2/kept_ignore_stats_0.jsonl", "pools/iter_2/kept_ignore_stats_1.jsonl",
        ]);
        site.ReadLines("out/data/iter_1/kept.jsonl").Length.ShouldBe(20);
        site.ReadLines("out/data/iter_2/kept.jsonl").Length.ShouldBe(10);
        Rows(site, 1).ShouldBe(20);
        Rows(site, 2).ShouldBe(10, "the literal path means this iteration's own copy");
        site.Read("out/pools/iter_1/mine.txt").ShouldBe("a user's own");
    }

    private static int Rows(Site site, int iteration) => ((int[])[0, 1]).Sum(
        part => site.ReadLines(FormattableString.Invariant($"out/pools/iter_{iteration}/kept_ignore_stats_{part}.jsonl")).Length);

    private const string Config = """
        project_name: e2e
        experiment_name: publish
        work_dir: ./out
        max_iter_num: 2
        iter_updater:
          anonymous.keep.kept: anonymous.keep.dj_configs.dataset_path
        execution_job_configs:
          - hook: ProcessDataHook
            meta_name: keep
            output: kept
            dj_configs:
              project_name: keep
              dataset_path: ./data/rows.jsonl
              export_path: ./out/data/kept.jsonl
              np: 1
              process:
                - topk_specified_field_selector: {field_key: sure, top_ratio: 0.5}
            extra_configs:
          - hook: DataPoolManipulationHook
            meta_name: pool
            dj_configs:
            extra_configs: {type: data_pool_construction, dataset_path: ./out/data/kept.jsonl, export_path: ./out/pools, split_ratios: [0.25], ignore_stats: true}
        """;
}
