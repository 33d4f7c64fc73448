using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;

namespace Sandbox.Components.Tests.Programs;

/// <summary>Drives stand-ins with the real command lines, output files and lines of output.</summary>
public sealed class TrainerTests : IDisposable
{
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Internvl_trains_once_a_meta_file_and_is_evaluated_model_by_model()
    {
        var home = StandInSite.InternVlHome(_bench);
        Environment.SetEnvironmentVariable("PATH", $"{_bench.Root}/internvl/bin:{Environment.GetEnvironmentVariable("PATH")}");
        _bench.Write("metas/a.json", "{}");
        _bench.Write("metas/b.json", "{}");
        var trained = await _bench.RunAsync("TrainModelHook", "train", null, JobBench.Json($$"""
            {"type": "internvl_coco_caption", "internvl_home": "{{home}}", "num_gpus": 2, "work_dir": "work", "script_dir": "scripts",
             "model_name_or_path": "pretrained/InternVL2-1B", "conv_style_or_scale": "1B", "meta_paths": ["metas/a.json", "gone.json", "metas/b.json"]}
            """));

        trained.Values[0]!.AsArray().Select(v => (string)v!).ShouldBe(["work/a_InternVL2-1B", "work/b_InternVL2-1B"]);
        File.ReadAllText(Path.Combine(_bench.Root, "work/a_InternVL2-1B/training_log.txt")).ShouldContain("'loss': 1.5");
        File.ReadAllText(Path.Combine(_bench.Root, "work/b_InternVL2-1B/model.safetensors")).ShouldContain("--gradient_accumulation_steps 64");
        File.Exists(Path.Combine(_bench.Root, "scripts/a_InternVL2-1B.sh")).ShouldBeTrue();
        _bench.Watcher.Metrics.Count(m => m.Name == "train.loss").ShouldBe(4);

        NextJob();
        var judged = await _bench.RunAsync("EvaluateModelHook", "judge", null, JobBench.Json($$"""
            {"type": "internvl_coco_caption", "internvl_home": "{{home}}", "num_gpus": 2, "ckpt_paths": ["work/a_InternVL2-1B", "work/b_InternVL2-1B"]}
            """));
        var results = judged.Values[0]!.AsArray();
        results.Count.ShouldBe(2);
        ((double)results[0]!["CIDEr"]!).ShouldBe(0.7);
        ((double)results[1]!["avg_score"]!).ShouldBe(0.4, 1e-12);
        File.ReadAllText(Path.Combine(_bench.Root, "internvl/internvl_chat/evaluated.txt")).Trim().ShouldBe("2 ../../work/b_InternVL2-1B caption-coco --dynamic");
        File.ReadAllText(Path.Combine(_bench.Root, "work/a_InternVL2-1B/eval_log.txt")).ShouldContain("METEOR: 0.5");
    }

    [Fact]
    public async Task Easyanimate_is_given_upstreams_arguments_and_its_results_are_kept()
    {
        StandInSite.EasyAnimate(_bench);
        _bench.Write("outputs/data_ea_fmt.json", "[]");
        var trained = await _bench.RunAsync("TrainModelHook", "train", null, JobBench.Json("""
            {"type": "easyanimate", "model_name": "easyanimate", "trainer_name": "easyanimate-lora-trainer", "train": {
              "tracker_config": {"project_name": "p", "experiment_name": "e"},
              "model_path": {"pretrained_model_name_or_path": "Pix Art", "transformer_path": "/t"},
              "dataset_path": {"dataset_name": "", "dataset_meta_name": "../../../outputs/data_ea_fmt.json"},
              "training_config": {"sample_size": 256, "mixed_precision": "bf16", "batch_size_per_gpu": 8, "gradient_accumulation_steps": 1,
                "num_train_epochs": 1, "dataloader_num_workers": 8, "seed": 42},
              "saving_config": {"output_dir": "../../../outputs/models"}}}
            """));
        ((string)trained.Values[0]!).ShouldBe(Path.Combine(_bench.Root, "outputs/models"));
        Lines("thirdparty/models/EasyAnimate/train-arguments.txt").ShouldBe(
            ["Pix Art", "/t", "", "../../../outputs/data_ea_fmt.json", "256", "bf16", "8", "1", "1", "8", "42", Written("outputs/models"), "p", "e"]);
        File.ReadAllText(Path.Combine(_bench.Root, "outputs/models/checkpoint-1.safetensors")).ShouldBe("weights\n");

        NextJob();
        await _bench.RunAsync("InferModelHook", "infer", null, JobBench.Json("""
            {"type": "easyanimate", "infer_name": "x", "train": {
              "model_path": {"pretrained_model_name_or_path": "P", "transformer_path": "/t", "lora_path": "../../../outputs/models/checkpoint-1.safetensors"},
              "infer_config": {"image_size": 256, "prompt_info_path": "../../../prompts.json", "gpu_num": 1, "batch_size": 8, "mixed_precision": "bf16",
                "video_num_per_prompt": 5, "seed": 43},
              "saving_config": {"output_video_dir": "../../../outputs/videos"}}}
            """));
        Lines("thirdparty/models/EasyAnimate/infer-arguments.txt").ShouldBe(
            ["P", "/t", "../../../outputs/models/checkpoint-1.safetensors", "256", "../../../prompts.json", "1", "8", "bf16", "5", "43", Written("outputs/videos")]);
        File.Exists(Path.Combine(_bench.Root, "outputs/videos/a cat-0.mp4")).ShouldBeTrue();
    }

    [Fact]
    public async Task Vbench_scores_each_dimension_and_the_mean_is_the_result()
    {
        StandInSite.Executable(_bench, "bin/vbench", """
            #!/bin/sh
            echo "$@" >> calls.txt
            while [ $# -gt 0 ]; do case "$1" in --output_path) out="$2" ;; --dimension) dim="$2" ;; esac; shift; done
            case "$dim" in dynamic_degree) score=0.5 ;; *) score=0.9 ;; esac
            printf '{"%s": [%s, []]}' "$dim" "$score" > "$out/results_${dim}_eval_results.json"
            echo "Evaluation results saved to $out/results_${dim}_eval_results.json"
            """);
        Environment.SetEnvironmentVariable("PATH", $"{_bench.Root}/bin:{Environment.GetEnvironmentVariable("PATH")}");
        _bench.Write("videos/v.mp4", "x");
        var result = await _bench.RunAsync("EvaluateDataHook", "vbench", null, JobBench.Json("""
            {"type": "vbench_video_evaluator", "full_json_dir": "info.json", "videos_path": "videos", "output_path": "eval", "eval_name": "mini",
             "num_gpus": 1, "load_ckpt_from_local": false, "dimension_list": ["subject_consistency", "dynamic_degree"]}
            """));

        ((double)result.Values[0]!).ShouldBe(0.7, 1e-12);
        JsonNode.Parse(File.ReadAllText(Path.Combine(_bench.Root, "eval/mini_merged_results.json")))!["detail"]!["dynamic_degree"]!.GetValue<double>().ShouldBe(0.5);
        File.ReadAllText(Path.Combine(_bench.Root, "eval/eval_log_dynamic_degree.txt")).ShouldContain("Evaluation results saved to");
        Lines("calls.txt")[0].ShouldContain("evaluate --ngpus 1 --full_json_dir");
        Lines("calls.txt")[0].ShouldEndWith("--dimension subject_consistency --load_ckpt_from_local False");
    }

    [Fact]
    public async Task Trinity_runs_its_config_and_gives_its_checkpoints()
    {
        StandInSite.Executable(_bench, "bin/trinity", """
            #!/bin/sh
            test "$1 $2" = "run --config" || exit 2
            echo "(Trainer pid=1) INFO 05-08 11:11:13 monitor.py:96] Step 12: {'perf/throughput': 3.5, 'actor/loss': 0.25}"
            """);
        Environment.SetEnvironmentVariable("PATH", $"{_bench.Root}/bin:{Environment.GetEnvironmentVariable("PATH")}");
        _bench.Write("trinity.yaml", "checkpoint_root_dir: ./checkpoints\n");
        var result = await _bench.RunAsync("TrainModelHook", "rft", null, JobBench.Json("""{"type": "trinity-rft", "trinity_config_path": "trinity.yaml"}"""));

        ((string)result.Values[0]!).ShouldBe("./checkpoints");
        _bench.Watcher.Metrics.ShouldContain(m => m.Name.Contains("actor/loss") && m.Value == 0.25 && m.Step == 12);
    }

    [Fact]
    public async Task Modelscope_and_transformers_are_driven_over_python()
    {
        _bench.Write("py/modelscope/__init__.py", "");
        _bench.Write("py/modelscope/msdatasets.py", """
            class Dataset:
                def __init__(self, path): self.path, self.features = path, ["text"]
                def rename_column(self, old, new): self.features = [new]; return self
            class MsDataset:
                @staticmethod
                def load(path, split):
                    class Holder: ds_instance = Dataset(path)
                    return Holder
            """);
        _bench.Write("py/modelscope/trainers.py", """
            import os
            def build_trainer(name, default_args):
                class Settings(dict):
                    def merge_from_dict(self, other): self.update(other)
                class Trainer:
                    def train(self):
                        settings = default_args["cfg_modify_fn"](Settings())
                        assert settings["train"]["max_epochs"] == 2 and default_args["train_dataset"].features == ["src_txt"]
                        print("2023-07-02 17:26:50,324 - modelscope - INFO - epoch [1][100/4953]\tlr: 4.825e-05, memory: 8742, loss: 5.6125", flush=True)
                        open(os.path.join(default_args["work_dir"], "model.bin"), "w").write(name)
                return Trainer()
            """);
        _bench.Write("py/transformers.py", """
            def pipeline(task, model, **parameters):
                return lambda messages, **sampling: [{"generated_text": f"{model}: {messages[-1]['content']} {sampling['max_new_tokens']}"}]
            """);
        Environment.SetEnvironmentVariable("PYTHONPATH", $"{_bench.Root}/py");
        _bench.Write("d.jsonl", """{"text": "x", "query": "a?"}""" + "\n" + """{"text": "y", "query": "b?"}""" + "\n");
        var trained = await _bench.RunAsync("TrainModelHook", "train", null, JobBench.Json("""
            {"type": "modelscope", "train_dataset": "d.jsonl", "work_dir": "out", "model_name": "m", "trainer_name": "nlp-base-trainer",
             "key_remapping": {"text": "src_txt"}, "train": {"max_epochs": 2}}
            """));
        ((string)trained.Values[0]!).ShouldBe("out");
        File.ReadAllText(Path.Combine(_bench.Root, "out/model.bin")).ShouldBe("nlp-base-trainer");
        _bench.Watcher.Metrics.ShouldContain(m => m.Name == "train.loss" && m.Value == 5.6125);

        NextJob();
        var inferred = await _bench.RunAsync("InferModelHook", "infer", null, JobBench.Json(
            """{"type": "huggingface", "model": "tiny", "dataset_path": "d.jsonl", "export_path": "answers"}"""));
        ((string)inferred.Values[0]![0]!).ShouldBe("answers/d_inference.jsonl");
        Lines("answers/d_inference.jsonl").Select(l => (string)JsonNode.Parse(l)!["response"]!).ShouldBe(["tiny: a? 512", "tiny: b? 512"]);
    }

    [Fact]
    public async Task Data_juicers_own_tools_score_texts_and_videos()
    {
        _bench.Write("dj/tools/quality_classifier/predict.py", """
            import os
            class Overall:
                loc = {"mean": 0.625}
            def predict_score(dataset, result, overall_stats=False):
                assert os.path.exists(dataset) and overall_stats
                return Overall()
            """);
        _bench.Write("dj/tools/mm_eval/inception_metrics/calc_metrics_for_videos.py", """
            import json
            def calc_metrics(metric, result_path, height, **rest):
                assert height == 240
                open(result_path, "a").write(json.dumps({"results": {metric: 12.5}, "metric": metric, "num_runs": rest["num_runs"]}) + "\n")
            """);
        _bench.Write("d.jsonl", """{"text": "x", "videos": []}""" + "\n");
        ((double)(await _bench.RunAsync("EvaluateDataHook", "quality", null, JobBench.Json(
            """{"type": "dj_text_quality_classifier", "dataset_path": "d.jsonl", "data_juicer_home": "dj"}"""))).Values[0]!).ShouldBe(0.625);
        NextJob();
        var videos = await _bench.RunAsync("EvaluateDataHook", "fvd", null, JobBench.Json(
            """{"type": "video_inception_evaluator", "fake_data_path": "d.jsonl", "real_data_path": "d.jsonl", "data_juicer_home": "dj", "result_path": "r.jsonl"}"""));
        ((double)videos.Values[0]!["results"]!["fvd2048_16f"]!).ShouldBe(12.5);
        Lines("r.jsonl").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Faults_are_found_before_anything_runs() =>
        (await _bench.FailureOfAsync("TrainModelHook", null, JobBench.Json("""
            {"type": "internvl_coco_caption", "internvl_home": "x", "num_gpus": 3, "work_dir": "w", "script_dir": "s", "model_name_or_path": "m",
             "conv_style_or_scale": "3B", "meta_paths": ["a"], "env_manager": "conda"}
            """))).ShouldSatisfyAllConditions(
                m => m.ShouldContain("must divide 512"),
                m => m.ShouldContain("conv_style_or_scale: must be one of 1B, 2B"),
                m => m.ShouldContain("env_name"));

    // Each job has a directory of its own; the bench has one.
    private void NextJob() => Directory.Delete(Path.Combine(_bench.Root, "scratch"), recursive: true);

    // Where a program is told to write; the bench's files that last are scratch files.
    private string Written(string directory) => Path.GetDirectoryName(_bench.Files.Scratch($"written{_bench.Root}/{directory}/x"))!;

    private string[] Lines(string name) => File.ReadAllLines(Path.Combine(_bench.Root, name));
}
