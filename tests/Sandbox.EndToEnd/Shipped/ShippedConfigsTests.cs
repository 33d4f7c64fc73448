using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.EndToEnd.Commands;
using Sandbox.Testing.Chat;

namespace Sandbox.EndToEnd.Shipped;

/// <summary>Upstream's six shipped sandbox configs from start to end.</summary>
public sealed partial class ShippedConfigsTests : IDisposable
{
    private const string EasyAnimate = ShippedSite.Recipes + "/easyanimate_text_to_video";
    private const string Bench = "outputs/demo-bench";
    private readonly ShippedSite _shipped = new();

    private Site Site => _shipped.Site;

    public void Dispose() => _shipped.Dispose();

    [Fact]
    public async Task The_demo_refines_processes_trains_and_scores()
    {
        Site.Write("demos/data/demo-dataset.jsonl", Texts());

        await RunAsync("configs/demo/sandbox/sandbox.yaml");

        var run = await Site.NewestAsync();
        ((double)run.Job("eval_data")["outputs"]!["0"]!).ShouldBe(1.0 / Site.ReadLines("outputs/demo-process/iter_1/demo-processed.jsonl").Length, 1e-9);
        Site.Read("outputs/sandbox-train/pytorch_model.bin").ShouldBe($"{Site.ReadLines("outputs/demo-process/iter_1/demo-processed.jsonl").Length}");
        File.Exists(Site["outputs/demo-process/k_sigma_new_recipe.yaml"]).ShouldBeTrue();
        (await Site.RunAsync("show", run.Id, "--json")).Output.ShouldContain("train_model");
    }

    [Fact]
    public async Task Internvl_trains_and_evaluates_each_pool_ranks_them_and_scales_up()
    {
        _shipped.LayInternVl();

        await RunAsync($"{ShippedSite.Recipes}/internvl_coco_caption/sandbox_internvl_coco_caption.yaml");

        var run = await Site.NewestAsync();
        var single = run.Job("single_op_exps_eval")["outputs"]!["single_op_exps_eval_results"]!.AsArray();
        single.Count.ShouldBe(3, "one statistic, cut in three");
        ((double)single[2]!["avg_score"]!).ShouldBe(0.003, 1e-12);
        var pools = run.Job("construct_single_op_data_pools")["outputs"]!["single_op_data_pool_paths"]!.AsArray().Select(p => (string)p!).ToList();
        run.Job("rank_single_op_data_pools")["outputs"]!["top3_single_op_data_pool_paths"]!.AsArray().Select(p => (string)p!)
            .ShouldBe(pools.AsEnumerable().Reverse(), "later models are better");
        var aligned = run.Job("align_data_pool_size")["outputs"]!["top3_aligned_combined_data_pool_paths"]!.AsArray();
        run.Job("multiple_op_exps_train")["outputs"]!["multiple_op_exps_trained_model_paths"]!.AsArray().Count.ShouldBe(aligned.Count);
        foreach (var scale in new[] { "2B", "4B", "26B" })
        {
            run.Job($"scaling_op_exps_train_{scale}")["outputs"]![$"scaling_op_exps_{scale}_trained_model_paths"]!.AsArray().Count.ShouldBe(3);
        }

        _shipped.Calls("evaluated").Length.ShouldBe(3 + aligned.Count + 9);

        // The environment was made once and filled once, whichever job came first.
        _shipped.Calls("conda").Where(c => c.StartsWith("create ", StringComparison.Ordinal)).ShouldBe(["create -n internvl -y python=3.9"]);
        _shipped.Calls("pip").Where(c => c.Contains(" install ", StringComparison.Ordinal)).ShouldBe(
            [$"internvl: install -r {Site["internvl/requirements.txt"]}", "internvl: install flash-attn==2.3.6 --no-build-isolation datasets deepspeed==0.15.4"]);
    }

    [Fact]
    public async Task The_three_of_easyanimate_train_make_videos_and_judge_them()
    {
        Site.Write("demos/data/demo-dataset-videos.jsonl", Texts().Select((line, i) =>
        {
            var row = JsonNode.Parse(line)!;
            row["videos"] = new JsonArray($"./video{i}.mp4");
            return row.ToJsonString();
        }));

        await RunAsync($"{EasyAnimate}/1_single_op_pipeline.yaml");
        Judged(await Site.NewestAsync(), trained: 1);
        var ea = JsonNode.Parse(Site.Read($"{Bench}/iter_1/demo-dataset-for-train_ea_fmt.json"))!.AsArray();
        ea.Count.ShouldBe(16);
        ea.ShouldAllBe(row => (string?)row!["file_path"] == (string?)row["videos"]![0]);

        await RunAsync($"{EasyAnimate}/2_multi_op_pipeline.yaml");
        Judged(await Site.NewestAsync(), trained: 2);

        // The third takes up what the second wrote, from where its reader would have put it.
        File.Copy(Site[$"{Bench}/iter_1/demo-dataset-with-multi-op-stats.json"], Site[$"{Bench}/demo-dataset-with-multi-op-stats.json"]);
        await RunAsync($"{EasyAnimate}/3_duplicate_pipeline.yaml");
        Judged(await Site.NewestAsync(), trained: 3);
        File.Exists(Site[$"{Bench}/models/checkpoint-2.safetensors"]).ShouldBeTrue();
        _shipped.Calls("infer_lora")[^1].ShouldContain("checkpoint-2.safetensors 256 ");
    }

    [Fact]
    public async Task Prompts_are_improved_until_the_target_is_met()
    {
        using var server = new ChatStub((body, _) => Answer(body));
        Site.Set("OPENAI_BASE_URL", server.Address);
        Site.Set("OPENAI_API_KEY", "stub-key");
        Site.Write("demos/data/auto-prompt-optim/demo-dataset-prompts.jsonl", ["""{"prompt": "Grade the answer."}"""]);
        Site.Write("demos/data/auto-prompt-optim/init_infer_dataset.jsonl", Enumerable.Range(1, 4)
            .Select(i => $$"""{"question": "{{i}} + 1?", "answer": "[[0.{{i}}]]", "truth": 0.{{i}}}"""));

        await RunAsync($"{ShippedSite.Recipes}/auto_prompt_optimization/sandbox_auto_prompt_optimization.yaml");

        var run = await Site.NewestAsync();
        ((double)run.Job("grades_evaluation", 1)["outputs"]!["min_mse"]!).ShouldBe(0.25, 1e-9);
        ((double)run.Job("grades_evaluation", 2)["outputs"]!["min_mse"]!).ShouldBeLessThan(0.2);
        run.Jobs.Max(j => (int)j["iteration"]!).ShouldBe(2);
    }

    private async Task RunAsync(string config)
    {
        (await Site.RunAsync("validate", config)).Succeeded();
        (await Site.RunAsync("run", config)).Succeeded();
    }

    private void Judged(RunShown run, int trained)
    {
        ((double)run.Job("vbench_eval")["outputs"]!["0"]!).ShouldBe(0.7, 1e-12);
        _shipped.Calls("train_lora").Length.ShouldBe(trained);
        JsonNode.Parse(Site.Read($"{Bench}/eval_results/mini_test_merged_results.json"))!["detail"]!["dynamic_degree"]!.GetValue<double>().ShouldBe(0.5);
    }

    private static IEnumerable<string> Texts() => Enumerable.Range(0, 12).Select(i => new JsonObject
    {
        ["text"] = i % 4 == 3 ? $"This one, number {i}, is English." : $"今天天气很好，我们一起去公园散步，这是第{i}句话。",
    }.ToJsonString());

    // A grader is right by so much more as it is told to be strict; a better prompt is a stricter one.
    private static Reply Answer(JsonObject body)
    {
        var system = (string?)body["messages"]![0]!["content"] ?? string.Empty;
        var user = ChatStub.User(body);
        return Graded().Match(user) is { Success: true } grade
            ? Reply.Text((double.Parse(grade.Groups["g"].Value, CultureInfo.InvariantCulture) + (2.0 / (Strictness(system) + 1))).ToString("0.0#####", CultureInfo.InvariantCulture))
            : Reply.Text(string.Create(CultureInfo.InvariantCulture, $"【提示词】\nGrade the answer with strictness {Strictness(user) + 1}.\n"));
    }

    private static int Strictness(string text) =>
        Level().Matches(text).Select(m => int.Parse(m.Groups["n"].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();

    [GeneratedRegex(@"\[\[(?<g>[\d.]+)\]\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Graded();

    [GeneratedRegex(@"strictness (?<n>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Level();
}
