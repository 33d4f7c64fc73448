namespace Sandbox.EndToEnd.Runs;

/// <summary>A config of two jobs: one keeps rows, one judges them against labels in a file.</summary>
internal static class TwoStepConfig
{
    public const string Path = "two.yaml";

    /// <summary>Labels of which the one half agrees with the rows.</summary>
    public static IEnumerable<string> Labels => Enumerable.Range(0, 10).Select(i => $$"""{"label":"{{(i % 2 == 0 ? "a" : "b")}}"}""");

    public static void Write(Commands.Site site)
    {
        site.Write(Path, Text());
        site.Write("data/rows.jsonl", Enumerable.Range(0, 20).Select(i => $$"""{"text":"one two","sure":{{i}},"answer":"a"}"""));
        site.Write("data/labels.jsonl", Labels);
        site.Write("data/broken.jsonl", "this is not JSON\n");
    }

    public static string Text(int topk = 10, string labels = "labels", string more = "") => $$"""
        project_name: e2e
        experiment_name: two
        work_dir: ./out
        {{more}}
        execution_job_configs:
          - hook: ProcessDataHook
            meta_name: keep
            output: kept
            dj_configs:
              project_name: keep
              dataset_path: ./data/rows.jsonl
              export_path: ./out/kept.jsonl
              np: 1
              process:
                - topk_specified_field_selector: {field_key: sure, topk: {{topk}}}
            extra_configs:
        evaluation_job_configs:
          - hook: EvaluateDataHook
            meta_name: hits
            input:
              extra_configs.predicted_dataset_path: '-1.kept'
            output: [hits, best]
            dj_configs:
            extra_configs:
              type: accuracy
              predicted_dataset_path: ''
              ground_truth_dataset_path: ./data/{{labels}}.jsonl
              predicted_label_key: answer
              ground_truth_label_key: label
        """;
}
