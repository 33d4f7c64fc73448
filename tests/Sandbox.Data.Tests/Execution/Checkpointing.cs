using System.Text.Json.Nodes;

namespace Sandbox.Data.Tests.Execution;

public sealed class Checkpointing
{
    private const string Yaml = """
        dataset_path: in.jsonl
        export_path: out/result.jsonl
        use_checkpoint: true
        open_tracer: true
        keep_stats_in_res_ds: true
        max_bad_rows: 5
        np: 2
        process:
        - text_length_filter: {min_len: 4}
        - document_deduplicator:
        - whitespace_normalization_mapper:
        - topk_specified_field_selector: {field_key: n, topk: 40}
        - general_field_filter: {filter_condition: "n >= LIMIT"}
        - words_num_filter: {min_num: 1}
        """;

    [Fact]
    public async Task A_run_that_broke_off_goes_on_behind_the_last_operator_that_was_done()
    {
        using var files = Data();
        var expected = await Run.ProcessAsync(files, With(limit: "60", checkpoint: false));
        var (rows, stats, trace) = Written(files);
        Directory.Delete(files.ResolveRead("out"), recursive: true);

        (await Run.FailureAsync(files, With(limit: "'x'"))).ShouldContain("general_field_filter");
        var before = File.GetLastWriteTimeUtc(files.ResolveRead("in.jsonl"));
        Directory.GetFiles(files.ResolveRead("out/ckpt")).Length.ShouldBe(3);

        // Were the data read again, this would show: same length, same time, other text.
        files.Write("in.jsonl", (await File.ReadAllTextAsync(files.ResolveRead("in.jsonl"))).Replace("text number", "TEXT NUMBER", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(files.ResolveRead("in.jsonl"), before);
        var result = await Run.ProcessAsync(files, With(limit: "60"));

        Written(files).ShouldBe((rows, stats, trace));
        (result.RowsIn, result.RowsOut, result.BadRowCount).ShouldBe((expected.RowsIn, expected.RowsOut, expected.BadRowCount));
        result.Operators.Select(o => (o.Name, o.RowsIn, o.Dropped, o.Changed)).ShouldBe(expected.Operators.Select(o => (o.Name, o.RowsIn, o.Dropped, o.Changed)));
        Directory.Exists(files.ResolveRead("out/ckpt")).ShouldBeFalse();
    }

    [Fact]
    public async Task Other_data_or_an_operator_before_that_changed_begin_anew()
    {
        using var files = Data();
        await Run.FailureAsync(files, With(limit: "'x'"));
        var stricter = With(limit: "60").Replace("min_len: 4", "min_len: 9999", StringComparison.Ordinal);
        (await Run.ProcessAsync(files, stricter)).RowsOut.ShouldBe(0);

        await Run.FailureAsync(files, With(limit: "'x'"));
        files.Write("in.jsonl", "{\"text\":\"another file\",\"n\":70}\n");
        (await Run.ProcessAsync(files, With(limit: "60"))).RowsIn.ShouldBe(1);

        await Run.FailureAsync(files, With(limit: "'x'"));
        files.Write("out/ckpt/checkpoint.json", "{broken");
        (await Run.ProcessAsync(files, With(limit: "60"))).RowsOut.ShouldBe(1);
    }

    private static string With(string limit, bool checkpoint = true) => Yaml
        .Replace("LIMIT", limit, StringComparison.Ordinal)
        .Replace("use_checkpoint: true", checkpoint ? "use_checkpoint: true\nskip_op_error: false" : "skip_op_error: false", StringComparison.Ordinal);

    private static TestFiles Data()
    {
        var files = new TestFiles();
        var rows = Enumerable.Range(0, 200).Select(i => i == 50 ? "{broken" : new JsonObject
        {
            ["text"] = i % 10 == 0 ? "abc" : $"text number\u00a0{i / 2}",
            ["n"] = i,
        }.ToJsonString());
        files.Write("in.jsonl", string.Join('\n', rows));
        return files;
    }

    private static (string Rows, string Stats, string Trace) Written(TestFiles files)
    {
        string Read(string name) => File.ReadAllText(files.ResolveRead(name));
        return (Read("out/result.jsonl"), Read("out/result_stats.jsonl"), Read("out/trace/filter-text_length_filter.jsonl") + Read("out/trace/duplicate-document_deduplicator.jsonl"));
    }
}
