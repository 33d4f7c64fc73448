namespace Sandbox.EndToEnd.Runs;

/// <summary>A config whose run goes on, one small job after another, until its data says that it is enough: what happens
/// to a run in the middle can be tested without a clock.</summary>
internal static class LoopConfig
{
    public const string Path = "loop.yaml";
    private const string Answers = "data/answers.jsonl";

    /// <summary>Writes config and data; the run does not end by itself.</summary>
    public static void Write(Commands.Site site, string more = "")
    {
        site.Write(Path, Text(more));
        site.Write(Answers, Rows(isRight: false));
    }

    /// <summary>From now on the target is met.</summary>
    public static void Suffice(Commands.Site site)
    {
        site.Write("data/answers.new", Rows(isRight: true));
        File.Move(site["data/answers.new"], site[Answers], overwrite: true);
    }

    private static IEnumerable<string> Rows(bool isRight) => Enumerable.Range(0, 20).Select(i =>
        $$"""{"id":{{i}},"text":"one two three","sure":{{i}},"answer":"a","label":"{{(isRight ? "a" : "b")}}"}""");

    private static string Text(string more) => $$"""
        project_name: e2e
        experiment_name: loop
        work_dir: ./out
        max_iter_num: 100000
        iter_targets: ["anonymous.hits.best >= 1"]
        {{more}}
        execution_job_configs:
          - hook: ProcessDataHook
            meta_name: keep
            output: kept
            dj_configs:
              project_name: keep
              dataset_path: ./data/answers.jsonl
              export_path: ./out/kept.jsonl
              np: 1
              process:
                - topk_specified_field_selector: {field_key: sure, topk: 10}
            extra_configs:
        evaluation_job_configs:
          - hook: EvaluateDataHook
            meta_name: hits
            input:
              extra_configs.predicted_dataset_path: '-1.kept'
            output: [hits, best]
            dj_configs:
            extra_configs: {type: accuracy, predicted_dataset_path: '', predicted_label_key: answer, ground_truth_label_key: label}
        """;
}
