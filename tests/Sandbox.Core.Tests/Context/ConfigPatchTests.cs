using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Tests.Context;

public sealed class ConfigPatchTests
{
    private const string Recipe = """
        {"dataset_path": "a.jsonl", "process": [{"text_length_filter": {"min_len": 1}}, {"words_num_filter": null}, "clean_links_mapper"], "a.b": {"c": 1}}
        """;

    private static readonly JobContext Earlier = new("earlier", [
        new JobOutput("path", JsonValue.Create("kept.jsonl")),
        new JobOutput("paths", new JsonArray("x", "y")),
        new JobOutput("recipe", JsonValue.Create("refined.yaml")),
    ])
    { JobId = "0123456789abcdef" };

    private readonly List<(string Path, JobContext? From)> _loaded = [];

    [Theory]
    [InlineData("dj_configs.dataset_path", "/dj_configs/dataset_path")]
    [InlineData("dj_configs.process.0.text_length_filter.min_len", "/dj_configs/process/0/text_length_filter/min_len")]
    [InlineData("dj_configs.process.text_length_filter.min_len", "/dj_configs/process/0/text_length_filter/min_len")]
    [InlineData("dj_configs.process.words_num_filter.min_num", "/dj_configs/process/1/words_num_filter/min_num")]
    [InlineData("dj_configs.process.clean_links_mapper.repl", "/dj_configs/process/2/clean_links_mapper/repl")]
    [InlineData("dj_configs.process.1", "/dj_configs/process/1")]
    [InlineData("dj_configs.a.b.c", "/dj_configs/a.b/c")]
    [InlineData("dj_configs.a.b", "/dj_configs/a.b")]
    [InlineData("dj_configs.new.deep.key", "/dj_configs/new/deep/key")]
    [InlineData("extra_configs.type", "/extra_configs/type")]
    public async Task A_key_leads_to_its_value(string key, string pointer)
    {
        var patched = await Apply(JsonNode.Parse(Recipe), null, [], [new(key, "p.earlier.path")]);

        At(patched, pointer)!.GetValue<string>().ShouldBe("kept.jsonl");
        patched.FromContext.ShouldHaveSingleItem().ShouldBe(new ContextValue(pointer, Earlier));
    }

    [Fact]
    public async Task Local_comes_before_input_and_each_in_file_order()
    {
        var patched = await Apply(
            JsonNode.Parse("""{"a": 0, "b": 0}"""), null,
            [new("dj_configs.a", 1), new("dj_configs.a", 2), new("dj_configs.b", 3)],
            [new("dj_configs.b", "p.earlier.path")]);

        patched.DjConfigs!.ToJsonString().ShouldBe("""{"a":2,"b":"kept.jsonl"}""");
    }

    [Fact]
    public async Task A_whole_config_from_an_earlier_job_is_loaded_from_that_jobs_copy()
    {
        var patched = await Apply(
            JsonValue.Create("<auto_replaced_with_previous_output>"), null, [],
            [new("dj_configs", "-1.recipe"), new("dj_configs.dataset_path", "p.earlier.path")]);

        _loaded.ShouldHaveSingleItem().ShouldBe(("refined.yaml", Earlier));
        patched.DjConfigs!["dataset_path"]!.GetValue<string>().ShouldBe("kept.jsonl");
        patched.FromContext.ShouldHaveSingleItem().Pointer.ShouldBe("/dj_configs/dataset_path");
    }

    [Fact]
    public async Task A_literal_path_is_loaded_before_a_key_in_it_is_set()
    {
        var patched = await Apply(JsonValue.Create("recipe.yaml"), new JsonObject(), [new("dj_configs.np", 4)], []);

        _loaded.ShouldHaveSingleItem().ShouldBe(("recipe.yaml", null));
        patched.DjConfigs!["np"]!.GetValue<int>().ShouldBe(4);
        patched.DjConfigs["dataset_path"]!.GetValue<string>().ShouldBe("a.jsonl");
        patched.FromContext.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_producer_is_known_for_parts_of_a_value_and_forgotten_when_it_is_overwritten()
    {
        var other = new JobContext("other", []);
        var patched = await Apply(
            null, null,
            [new("extra_configs.old.x", "from the last iteration", other), new("extra_configs.old", "literal")],
            [new("extra_configs.dataset_path", "p.earlier.paths")]);

        patched.ProducerOf("/extra_configs/dataset_path/1").ShouldBeSameAs(Earlier);
        patched.ProducerOf("/extra_configs/dataset_paths").ShouldBeNull();
        patched.ProducerOf("/extra_configs/old").ShouldBeNull();
        patched.ProducerOf("/extra_configs/old/x").ShouldBeNull();
    }

    [Fact]
    public async Task A_value_that_iteration_put_into_local_keeps_its_producer()
    {
        var patched = await Apply(null, null, [new("dj_configs.dataset_path", "iter_1/kept.jsonl", Earlier)], []);

        patched.ProducerOf("/dj_configs/dataset_path").ShouldBeSameAs(Earlier);
    }

    [Fact]
    public async Task The_configs_given_and_the_values_recorded_are_left_as_they_are()
    {
        var dj = JsonNode.Parse(Recipe);
        var patched = await Apply(dj, null, [new("dj_configs.np", 1)], [new("dj_configs.paths", "p.earlier.paths")]);
        patched.DjConfigs!["paths"]![0] = "changed";

        dj!.AsObject().ContainsKey("np").ShouldBeFalse();
        Earlier.Outputs[1].Value![0]!.GetValue<string>().ShouldBe("x");
    }

    [Theory]
    [InlineData("dj_config.x", "local \"dj_config.x\": a key starts with \"dj_configs\" or \"extra_configs\". Did you mean \"dj_configs\"?")]
    [InlineData("dj_configs.process.text_lenght_filter.min_len", "local \"dj_configs.process.text_lenght_filter.min_len\": dj_configs.process has no \"text_lenght_filter\"; it has text_length_filter, words_num_filter, clean_links_mapper. Did you mean \"text_length_filter\"?")]
    [InlineData("dj_configs.process.9.x", "local \"dj_configs.process.9.x\": dj_configs.process has no item 9: it has 3 items, counted from 0.")]
    [InlineData("dj_configs.dataset_path.x", "local \"dj_configs.dataset_path.x\": dj_configs.dataset_path is \"a.jsonl\", so it has no \"x\".")]
    [InlineData("dj_configs..x", "local \"dj_configs..x\": the key \"dj_configs..x\" has an empty part.")]
    [InlineData("extra_configs", "extra_configs must be a mapping or a path, not 1.")]
    public async Task What_cannot_be_set_names_its_key(string key, string message) =>
        (await Should.ThrowAsync<JobFailedException>(Apply(JsonNode.Parse(Recipe), null, [new(key, 1)], []))).Message.ShouldBe(message);

    [Fact]
    public async Task All_problems_are_told_at_once()
    {
        var failure = await Should.ThrowAsync<JobFailedException>(Apply(
            JsonValue.Create("placeholder"), null, [new("nothing", 1)], [new("dj_configs", "p.earlier.recip")]));

        failure.Message.Split(Environment.NewLine).ShouldBe(
        [
            "local \"nothing\": a key starts with \"dj_configs\" or \"extra_configs\".",
            "input \"dj_configs: p.earlier.recip\": job \"earlier\" of pipeline \"p\" has no output \"recip\"; it has path, paths, recipe. Did you mean \"recipe\"?",
        ]);
        _loaded.ShouldBeEmpty();
    }

    private Task<PatchedConfigs> Apply(
        JsonNode? dj, JsonNode? extra, IEnumerable<ConfigSetting> local, IEnumerable<KeyValuePair<string, string>> input)
    {
        var iteration = new IterationContext(1, [new PipelineContext("p", [Earlier])]);
        return new ConfigPatch(Load).ApplyAsync(dj, extra, local, input, key => iteration.Find(key, Earlier), CancellationToken.None);
    }

    private Task<JsonObject> Load(string path, JobContext? from, CancellationToken cancellationToken)
    {
        _loaded.Add((path, from));
        return Task.FromResult(JsonNode.Parse(Recipe)!.AsObject());
    }

    private static JsonNode? At(PatchedConfigs patched, string pointer)
    {
        JsonNode? node = new JsonObject
        {
            ["dj_configs"] = patched.DjConfigs?.DeepClone(),
            ["extra_configs"] = patched.ExtraConfigs?.DeepClone(),
        };
        foreach (var part in pointer[1..].Split('/'))
        {
            node = node is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : node![part];
        }

        return node;
    }
}
