using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing.Chat;
using Sandbox.Components.Validation;

namespace Sandbox.Components.Tests.ModelInfer;

public sealed class PromptOptimisationTests : IDisposable
{
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task New_prompts_become_examples_and_push_out_the_oldest()
    {
        using var server = new ChatStub((_, number) => Reply.Text($"【提示词】\n new {number} \n【other】"));
        _bench.Write("p.jsonl", """{"prompt": "old", "id": 7}""" + "\n");
        await _bench.RunAsync("ProcessDataHook", "generate", Recipe(server, """{"gen_num": 3, "max_example_num": 2}"""), null);

        Rows().Select(r => r.ToJsonString()).ShouldBe(
            ["""{"prompt":"old","id":7}""", """{"prompt":"new 1","id":7}""", """{"prompt":"new 2","id":7}""", """{"prompt":"new 3","id":7}"""]);
        server.Asked.Select(ChatStub.User).ShouldBe([Shown("old"), Shown("old", "new 1"), Shown("new 1", "new 2")]);
        server.Asked.ShouldAllBe(b => (int)b["max_new_tokens"]! == 512 && (string)b["model"]! == "stub");
    }

    [Fact]
    public async Task An_answer_without_a_prompt_is_asked_for_again_and_then_left_out()
    {
        using var server = new ChatStub((_, number) => Reply.Text(number == 2 ? "【提示词】good" : "no idea"));
        _bench.Write("p.jsonl", """{"prompt": "old"}""" + "\n");
        await _bench.RunAsync("ProcessDataHook", "generate", Recipe(server, """{"gen_num": 2, "retry_num": 2, "keep_original_sample": false}"""), null);

        Rows().Select(r => (string)r["prompt"]!).ShouldBe(["good"]);
        server.Asked.Count.ShouldBe(4);
    }

    [Fact]
    public void Faults_are_found_before_anything_runs()
    {
        var components = BuiltIn.Components();
        var inspection = new JobInspector(BuiltIn.Hooks(components), components).Inspect(new JobToInspect("ProcessDataHook", JobBench.Json("""
            {"dataset_path": "p.jsonl", "export_path": "o.jsonl", "process": [{"text_length_filter": {}},
              {"optimize_prompt_mapper": {"gen_nums": 2, "output_pattern": "(", "prompt_template": "x", "enable_vllm": true}}]}
            """), null));

        inspection.Faults.Select(f => f.Key).ShouldBe(
            [
                "dj_configs.process[1].optimize_prompt_mapper",
                "dj_configs.process[1].optimize_prompt_mapper.gen_nums",
                "dj_configs.process[1].optimize_prompt_mapper.enable_vllm",
                "dj_configs.process[1].optimize_prompt_mapper.prompt_template",
                "dj_configs.process[1].optimize_prompt_mapper.output_pattern",
            ],
            ignoreOrder: true);
    }

    private static JsonObject Recipe(ChatStub server, string options)
    {
        var arguments = JobBench.Json(options);
        arguments["api_or_hf_model"] = "stub";
        arguments["model_params"] = new JsonObject { ["base_url"] = server.Address };
        return new JsonObject
        {
            ["dataset_path"] = "./p.jsonl",
            ["export_path"] = "./out/new.jsonl",
            ["text_keys"] = "prompt",
            ["process"] = new JsonArray(new JsonObject { ["optimize_prompt_mapper"] = arguments }),
        };
    }

    private static string Shown(params string[] prompts) => string.Concat(prompts.Select(p => $"\n如下是一条示例数据：\n【提示词】\n{p}\n"));

    private List<JsonNode> Rows() => [.. File.ReadLines(Path.Combine(_bench.Root, "out", "iter_1", "new.jsonl")).Select(l => JsonNode.Parse(l)!)];
}
