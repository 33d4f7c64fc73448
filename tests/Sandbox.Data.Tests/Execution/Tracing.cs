using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Data.Execution;

namespace Sandbox.Data.Tests.Execution;

public sealed class Tracing
{
    private const string Recipe = """
        dataset_path: in.jsonl
        export_path: out/result.jsonl
        open_tracer: true
        open_monitor: true
        trace_num: 3
        np: 3
        process:
        - words_num_filter: {min_num: 1}
        - text_length_filter: {min_len: 3}
        - clean_email_mapper:
        - document_deduplicator:
        """;

    [Fact]
    public async Task The_trace_shows_the_first_rows_of_each_operator_as_they_were()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", string.Join('\n', Enumerable.Range(0, 9000).Select(i => $"{{\"id\":{i},\"text\":\"{(i % 4 == 0 ? "ab" : i % 4 == 1 ? $"{i} mail to x{i}@y.org" : $"same {i % 8}")}\"}}")));

        await Run.ProcessAsync(files, Recipe);

        files.Lines("out/trace/filter-text_length_filter.jsonl").ShouldBe(
            new[] { 0, 4, 8 }.Select(i => $"{{\"id\":{i},\"text\":\"ab\",\"__dj__stats__\":{{\"num_words\":1}}}}"));
        Json(files, "out/trace/mapper-clean_email_mapper.jsonl").Select(n => (string)n["original text"]!).ShouldBe(
            ["1 mail to x1@y.org", "5 mail to x5@y.org", "9 mail to x9@y.org"]);
        var pairs = Json(files, "out/trace/duplicate-document_deduplicator.jsonl").Select(n => ((int)n["dup1"]!["id"]!, (int)n["dup2"]!["id"]!));
        pairs.ShouldBe([(2, 10), (3, 11), (6, 14)]);
        File.Exists(files.ResolveRead("out/trace/filter-words_num_filter.jsonl")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("document_minhash_deduplicator: {jaccard_threshold: 0.5, window_size: 2}")]
    [InlineData("document_simhash_deduplicator: {window_size: 2, hamming_distance: 6, num_blocks: 8}")]
    public async Task The_trace_of_a_deduplicator_by_likeness_shows_the_row_that_stayed_and_the_first_one_like_it(string deduplicator)
    {
        using var files = new TestFiles();
        const string Text = "the quick brown fox jumps over the lazy dog and runs far away into the deep green wood";
        files.Write("in.jsonl", string.Join('\n', new[] { "something else altogether stands in this first row of the file", Text, Text, Text + " again" }
            .Select((text, i) => $"{{\"id\":{i},\"text\":\"{text}\"}}")));

        await Run.ProcessAsync(files, $"dataset_path: in.jsonl\nexport_path: out/result.jsonl\nopen_tracer: true\nprocess:\n- {deduplicator}\n");

        var name = deduplicator[..deduplicator.IndexOf(':', StringComparison.Ordinal)];
        Json(files, $"out/trace/duplicate-{name}.jsonl").Select(n => ((int)n["dup1"]!["id"]!, (int)n["dup2"]!["id"]!)).ShouldBe([(1, 2)]);
        files.Lines("out/result.jsonl").Length.ShouldBeLessThan(4);
    }

    [Fact]
    public async Task The_trace_shows_what_a_text_was_cut_into_and_what_a_selector_left_out()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", string.Join('\n', new[] { "abcdef", "gh", "ijklm" }.Select((text, i) => $"{{\"id\":{i},\"text\":\"{text}\"}}")));

        await Run.ProcessAsync(files, """
            dataset_path: in.jsonl
            export_path: out/result.jsonl
            open_tracer: true
            process:
            - topk_specified_field_selector: {field_key: id, topk: 2, reverse: false}
            - text_chunk_mapper: {max_len: 3, overlap_len: 0}
            """);

        files.Lines("out/trace/filter-topk_specified_field_selector.jsonl").ShouldBe(["{\"id\":2,\"text\":\"ijklm\"}"]);
        files.Lines("out/trace/mapper-text_chunk_mapper.jsonl").ShouldBe(["{\"original text\":\"abcdef\",\"processed_text\":[\"abc\",\"def\"]}"]);
    }

    [Fact]
    public async Task The_monitor_tells_what_each_operator_cost()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", "{\"text\":\"a b c d\"}\n{\"text\":\"a\"}\n");

        await Run.ProcessAsync(files, Recipe);

        var monitor = JsonNode.Parse(await File.ReadAllTextAsync(files.ResolveRead("out/monitor/monitor.json")))!;
        ((int)monitor["operators"]![1]!["dropped"]!).ShouldBe(1);
        ((double)monitor["resource"]![0]!["Used mem."]!).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Deduplication_on_disk_keeps_the_same_rows_as_in_memory()
    {
        using var files = new TestFiles();
        var random = new Random(3);
        files.Write("in.jsonl", string.Join('\n', Enumerable.Range(0, 30_000).Select(i => $"{{\"id\":{i},\"text\":\"{random.Next(20_000)}\"}}")));
        const string Yaml = "dataset_path: in.jsonl\nexport_path: out.jsonl\nprocess:\n- document_deduplicator:\n- text_length_filter: {min_len: 0}\n";

        var inMemory = await Run.ProcessAsync(files, Yaml);
        var expected = await File.ReadAllTextAsync(files.ResolveRead("out.jsonl"));
        var onDisk = await RecipeExecutor.RunAsync(
            Run.Recipe(Yaml), files, new DataRunOptions { Time = TimeProvider.System, KeysInMemory = 100 }, new Progress<JobProgress>(), CancellationToken.None);

        (await File.ReadAllTextAsync(files.ResolveRead("out.jsonl"))).ShouldBe(expected);
        onDisk.RowsOut.ShouldBe(inMemory.RowsOut);
        onDisk.Operators[0].Dropped.ShouldBe(inMemory.Operators[0].Dropped);
    }

    private static IEnumerable<JsonNode> Json(TestFiles files, string name) => files.Lines(name).Select(l => JsonNode.Parse(l)!);
}
