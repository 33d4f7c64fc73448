using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Sandbox.Data.Tests.Execution;

public sealed class Processing
{
    private const string Head = "dataset_path: in.jsonl\nexport_path: out.jsonl\n";
    private const string LengthOf2 = "process:\n- text_length_filter:\n    min_len: 2\n";

    [Fact]
    public async Task Untouched_fields_keep_their_order_and_digits()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", "\uFEFF{\"b\": 1.50, \"text\": \"a b\", \"a\": {\"z\": 1e3, \"y\": [1, 2.0]}}\r\n\r\n  \n{\"text\":null}\n{\"x\":1}\n{\"text\":\"ü\\u00fc\"}");

        var result = await Run.ProcessAsync(files, Head + LengthOf2);

        files.Lines("out.jsonl").ShouldBe(["""{"b":1.50,"text":"a b","a":{"z": 1e3, "y": [1, 2.0]}}""", """{"text":"ü\u00fc"}"""]);
        files.Lines("out_stats.jsonl").ShouldBe(["""{"__dj__stats__":{"text_len":3}}""", """{"__dj__stats__":{"text_len":2}}"""]);
        (result.RowsIn, result.RowsWithoutText, result.RowsOut).ShouldBe((4, 2, 2));
    }

    [Fact]
    public async Task Malformed_rows_fail_with_their_place_and_are_counted_up_to_a_limit()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", "{\"text\":\"good\"}\n\n{\"text\":\n{\"text\":\"\\ud800\"}\n[1]\n{\"text\":7}\n{\"text\":\"also good\"}\n");

        (await Run.FailureAsync(files, Head + LengthOf2)).ShouldStartWith("in.jsonl:3: the row is not valid JSON");
        (await Run.FailureAsync(files, Head + "max_bad_rows: 2\n" + LengthOf2)).ShouldStartWith("in.jsonl:5: the row is not a JSON object but a list");
        (await Run.FailureAsync(files, Head + "max_bad_rows: 0.5\n" + LengthOf2)).ShouldContain("4 of 6 rows are malformed");
        File.Exists(files.ResolveRead("out.jsonl")).ShouldBeFalse();

        var result = await Run.ProcessAsync(files, Head + "max_bad_rows: 4\n" + LengthOf2);
        result.BadRows.Select(b => b.Line).ShouldBe([3, 4, 5, 6]);
        result.RowsOut.ShouldBe(2);
    }

    [Fact]
    public async Task Invalid_utf8_is_a_malformed_row()
    {
        using var files = new TestFiles();
        await File.WriteAllBytesAsync(files.ResolveWrite("in.jsonl"), [.. "{\"text\":\"a"u8, 0xff, .. "\"}\n"u8]);

        (await Run.FailureAsync(files, Head + LengthOf2)).ShouldContain("in.jsonl:1: the row is not valid UTF-8");
    }

    [Fact]
    public async Task Empty_and_textless_data_say_so()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", "\n \n");
        (await Run.FailureAsync(files, Head + LengthOf2)).ShouldContain("is empty");
        files.Write("in.jsonl", "{\"body\":\"x\"}\n");
        (await Run.FailureAsync(files, Head + LengthOf2)).ShouldContain("no row of \"in.jsonl\" has the field \"text\"");
        File.Delete(files.ResolveRead("in.jsonl"));
        (await Run.FailureAsync(files, Head + LengthOf2)).ShouldContain("\"in.jsonl\" does not exist");
    }

    [Fact]
    public async Task Order_and_bytes_do_not_depend_on_the_parallelism()
    {
        using var files = new TestFiles();
        var random = new Random(7);
        var rows = Enumerable.Range(0, 6000).Select(i => $"{{\"id\":{i},\"text\":\"{new string((char)('a' + random.Next(26)), random.Next(1, 120))} {random.Next(900)}\"}}");
        files.Write("in.jsonl", string.Join('\n', rows));
        const string Recipe = Head + "process:\n- text_length_filter:\n    min_len: 8\n- document_deduplicator:\n- remove_long_words_mapper:\n    max_len: 100\n- topk_specified_field_selector:\n    field_key: id\n    topk: 3000\n- words_num_filter:\n    min_num: 0\n";

        var one = await Run.ProcessAsync(files, Recipe, 1);
        var (single, trace) = (await File.ReadAllTextAsync(files.ResolveRead("out.jsonl")), await File.ReadAllTextAsync(files.Scratch("trace.jsonl")));
        var four = await Run.ProcessAsync(files, Recipe, 4);

        (await File.ReadAllTextAsync(files.ResolveRead("out.jsonl"))).ShouldBe(single);
        (await File.ReadAllTextAsync(files.Scratch("trace.jsonl"))).Length.ShouldBe(trace.Length);
        four.RowsOut.ShouldBe(one.RowsOut);
        one.RowsOut.ShouldBe(3000);
        one.Operators.Sum(o => o.Dropped).ShouldBe(3000);
        trace.Split('\n').Count(l => l.Contains("dropped", StringComparison.Ordinal)).ShouldBe(3000);
    }

    [Fact]
    public async Task Trace_names_row_operator_and_kind()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", "{\"text\":\"x\"}\n{\"text\":\"a\\u200bb\"}\n{\"text\":\"plain\"}\n");

        await Run.ProcessAsync(files, Head + LengthOf2 + "- whitespace_normalization_mapper:\n");

        File.ReadAllLines(files.Scratch("trace.jsonl")).ShouldBe(["""{"row":1,"op":0,"kind":"dropped"}""", """{"row":2,"op":1,"kind":"changed"}"""]);
    }

    [Fact]
    public async Task A_row_that_an_operator_fails_on_is_kept_and_named_or_fails_the_job()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", "{\"text\":\"one\",\"n\":1}\n{\"text\":\"two\",\"n\":\"many\"}\n");
        const string Process = "process:\n- general_field_filter:\n    filter_condition: n < 5\n";

        var result = await Run.ProcessAsync(files, Head + Process);
        result.RowsOut.ShouldBe(2);
        result.Operators[0].Errors.ShouldBe(1);
        result.Operators[0].FirstErrors[0].ShouldStartWith("row 2 (in.jsonl:2)");

        (await Run.FailureAsync(files, Head + "skip_op_error: false\n" + Process)).ShouldContain("general_field_filter (process[0]) failed on row 2 (in.jsonl:2)");
    }

    [Fact]
    public async Task A_statistic_that_is_not_a_number_drops_the_row_and_keeps_it_when_reversed()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", "{\"text\":\"a\",\"s\":\"nan\",\"__dj__stats__\":{\"text_len\":null}}\n{\"text\":\"bb\",\"s\":1}\n");

        (await Run.ProcessAsync(files, Head + LengthOf2)).RowsOut.ShouldBe(1);
        (await Run.ProcessAsync(files, Head + LengthOf2 + "    reversed_range: true\n")).RowsOut.ShouldBe(2);
    }

    [Fact]
    public async Task Gzip_is_told_by_content_and_a_failed_run_leaves_the_old_export()
    {
        using var files = new TestFiles();
        await using (var gzip = new GZipStream(File.Create(files.ResolveWrite("in.jsonl")), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync("{\"text\":\"packed\"}\n"u8.ToArray());
        }

        (await Run.ProcessAsync(files, Head + LengthOf2)).RowsOut.ShouldBe(1);
        files.Write("in.jsonl", "{\"text\":\"new\"}\n{broken\n");
        await Run.FailureAsync(files, Head + LengthOf2);

        files.Lines("out.jsonl").ShouldBe(["""{"text":"packed"}"""]);
        Directory.GetFiles(files.Root, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_line_longer_than_any_buffer_is_one_row()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", $"{{\"text\":\"ab\"}}\n{{\"text\":\"{new string('x', 3_000_000)}\"}}\n{{\"text\":\"cd\"}}");

        (await Run.ProcessAsync(files, Head + LengthOf2)).RowsOut.ShouldBe(3);
        JsonNode.Parse(files.Lines("out_stats.jsonl")[1])!["__dj__stats__"]!["text_len"]!.GetValue<int>().ShouldBe(3_000_000);
    }

    [Fact]
    public async Task Random_bytes_never_crash_a_run()
    {
        using var files = new TestFiles();
        var random = new Random(11);
        var seed = Encoding.UTF8.GetBytes("{\"text\":\"a \\\"b\\\" \\ud83d\\ude00 é\",\"__dj__stats__\":{\"x\":1},\"m\":{\"k\":[1,2e9]}}\n[{\"text\":\"q\"}]\n");
        foreach (var format in new[] { "in.jsonl", "in.json", "in.csv" })
        {
            for (var i = 0; i < 60; i++)
            {
                var bytes = (byte[])seed.Clone();
                for (var change = 0; change < 6; change++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                await File.WriteAllBytesAsync(files.ResolveWrite(format), bytes);
                try
                {
                    await Run.ProcessAsync(files, $"dataset_path: {format}\nexport_path: out.jsonl\nmax_bad_rows: 99\n" + LengthOf2);
                }
                catch (Core.Faults.JobFailedException)
                {
                    // A clear message is an answer too.
                }
            }
        }
    }

    [Fact]
    public void Validation_names_unknown_missing_and_wrong_operators_at_once()
    {
        var faults = Data.Execution.RecipeValidator.Check(Run.Recipe(
            "dataset_path: a.jsonl\nexport_path: b.parquet\nprocess:\n- text_lenght_filter:\n- perplexity_filter:\n    lang: xx\n- text_length_filter:\n    min_length: 3\n- words_num_filter:\n    lang: xx\n    tokenization: true\n"));

        faults.Select(f => f.Key).ShouldBe(["export_path", "process[0].text_lenght_filter", "process[1].perplexity_filter.lang", "process[1].perplexity_filter.lang", "process[2].text_length_filter.min_length", "process[3].words_num_filter.tokenization"]);
        faults[1].Message.ShouldContain("Did you mean \"text_length_filter\"");
        faults[2].Message.ShouldContain("xx.sp.model");
        faults[3].Message.ShouldContain("xx.arpa");
        faults[4].Message.ShouldContain("Did you mean");
        faults[5].Message.ShouldContain("DATA_JUICER_MODELS_CACHE");
    }
}
