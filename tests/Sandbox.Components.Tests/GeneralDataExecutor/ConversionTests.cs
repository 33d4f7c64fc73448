using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing;

namespace Sandbox.Components.Tests.GeneralDataExecutor;

public sealed class ConversionTests : IDisposable
{
    private const string Hook = "GeneralDataExecutorHook";
    private const string Inputs = "upstream-runs/data-juicer/inputs";
    private const string Outputs = "upstream-runs/data-juicer/out/sandbox-conversions";
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [ReferenceFact(Outputs)]
    public async Task Coco_captions_come_out_as_upstreams()
    {
        var paths = await RunAsync($$"""
            {"type":"coco_caption_to_dj_conversion","dataset_path":["{{Reference.Find(Inputs + "/coco/train.jsonl")}}","{{Reference.Find(Inputs + "/coco/val.jsonl")}}"],"export_path":"dj"}
            """);
        paths.ShouldBe(["dj/train_dj_fmt.jsonl", "dj/val_dj_fmt.jsonl"]);
        foreach (var path in paths)
        {
            Rows(_bench.Files.FullPath(path)).ShouldBe(Rows(Reference.Find($"{Outputs}/dj/iter_1/{Path.GetFileName(path)}")!));
        }
    }

    [ReferenceFact(Outputs)]
    public async Task Coco_meta_files_name_the_annotation_relative_to_the_root()
    {
        var source = "out/sandbox-conversions/dj/iter_1/train_dj_fmt.jsonl";
        _bench.Write(source, File.ReadAllText(Reference.Find($"{Outputs}/dj/iter_1/train_dj_fmt.jsonl")!));
        var paths = await RunAsync($$"""{"type":"coco_caption_meta_generation","dataset_path":"{{source}}","data_root_path":"./out","export_path":"meta"}""");
        paths.ShouldBe(["meta/train_dj_fmt_meta.json"]);
        JsonNode.DeepEquals(Json(_bench.Files.FullPath(paths[0])), Json(Reference.Find($"{Outputs}/meta/iter_1/train_dj_fmt_meta.json")!)).ShouldBeTrue();
    }

    [ReferenceFact(Outputs)]
    public async Task Videos_come_out_as_upstreams()
    {
        var paths = await RunAsync(
            $$"""{"type":"dj_to_easyanimate_video_dataset_conversion","dataset_path":"{{Reference.Find(Inputs + "/videos.json")}}","export_path":"easy"}""");
        JsonNode.DeepEquals(Json(_bench.Files.FullPath(paths.ShouldHaveSingleItem())), Json(Reference.Find($"{Outputs}/easy/iter_1/videos_ea_fmt.json")!)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("coco_caption_to_dj_conversion", """{"image":"a"}""", "row 1: a COCO caption needs")]
    [InlineData("dj_to_easyanimate_video_dataset_conversion", """[{"text":"a"}]""", "row 1: a video needs")]
    [InlineData("dj_to_easyanimate_video_dataset_conversion", """{"text":""", "a JSON list of videos is needed")]
    public async Task A_row_of_another_shape_is_named(string type, string text, string message) =>
        (await _bench.FailureOfAsync(Hook, null, JobBench.Json($$"""{"type":"{{type}}","dataset_path":"{{_bench.Write("x.json", text)}}","export_path":"o"}""")))
            .ShouldContain(message);

    private static List<string> Rows(string path) => [.. File.ReadLines(path).Select(l => JsonNode.Parse(l)!.ToJsonString())];

    private static JsonNode? Json(string path) => JsonNode.Parse(File.ReadAllText(path));

    private async Task<IReadOnlyList<string>> RunAsync(string options) =>
        [.. (await _bench.RunAsync(Hook, "convert", null, JobBench.Json(options))).Values.ShouldHaveSingleItem()!.AsArray().Select(n => n!.GetValue<string>())];
}
