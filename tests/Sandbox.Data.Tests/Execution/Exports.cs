using System.Text.Json.Nodes;

namespace Sandbox.Data.Tests.Execution;

public sealed class Exports
{
    private const string Rows = "{\"text\":\"plain, text\",\"n\":1,\"tags\":[\"a\",\"b\"]}\n{\"text\":\"two\\nlines \\\"quoted\\\"\",\"ok\":true}\n{\"text\":\"ü\",\"n\":null}\n";

    [Fact]
    public async Task Csv_has_all_columns_and_is_read_again()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", Rows);

        await Run.ProcessAsync(files, "dataset_path: in.jsonl\nexport_path: out.csv\nprocess: []\n");

        (await File.ReadAllTextAsync(files.ResolveRead("out.csv"))).ShouldBe(
            "text,n,tags,ok\n\"plain, text\",1,\"[\"\"a\"\",\"\"b\"\"]\",\n\"two\nlines \"\"quoted\"\"\",,,True\nü,,,\n");
        await Run.ProcessAsync(files, "dataset_path: out.csv\nexport_path: again.jsonl\nprocess: []\n");
        Texts(files, "again.jsonl").ShouldBe(["plain, text", "two\nlines \"quoted\"", "ü"]);
    }

    [Theory]
    [InlineData("out.tsv")]
    [InlineData("out.jsonl.gz")]
    [InlineData("out.jsonl.zst")]
    [InlineData("out.json.gz")]
    [InlineData("out.csv.zst")]
    public async Task What_is_written_is_read_again(string name)
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", Rows);

        await Run.ProcessAsync(files, $"dataset_path: in.jsonl\nexport_path: {name}\nprocess: []\n");
        await Run.ProcessAsync(files, $"dataset_path: {name}\nexport_path: again.jsonl\nprocess: []\n");

        Texts(files, "again.jsonl").ShouldBe(["plain, text", "two\nlines \"quoted\"", "ü"]);
        Directory.GetFiles(Path.GetDirectoryName(files.ResolveRead("in.jsonl"))!, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task Plain_text_goes_line_by_line_or_file_by_file()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", Rows);
        await Run.ProcessAsync(files, "dataset_path: in.jsonl\nexport_path: out.txt\nprocess: []\n");
        (await File.ReadAllTextAsync(files.ResolveRead("out.txt"))).ShouldBe("plain, text\ntwo lines \"quoted\"\nü\n");

        await Run.ProcessAsync(files, "dataset_path: out.txt\nsample_by: document\nexport_path: again.jsonl\nprocess: []\n");
        Texts(files, "again.jsonl").ShouldBe(["plain, text\ntwo lines \"quoted\"\nü\n"]);
    }

    [Fact]
    public async Task Parts_have_about_as_many_rows_each_and_no_row_is_lost()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", string.Join('\n', Enumerable.Range(0, 107).Select(i => $"{{\"text\":\"{new string('x', 96)}\",\"id\":{i}}}")));

        await Run.ProcessAsync(files, "dataset_path: in.jsonl\nexport_path: dir/out.jsonl\nexport_shard_size: 1080\nnp: 2\nprocess: []\n");

        var names = Directory.GetFiles(Path.GetDirectoryName(files.ResolveRead("dir/out-000-of-011.jsonl"))!).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        names.Count.ShouldBe(11);
        names[^1].ShouldBe("out-010-of-011.jsonl");
        names.Select(n => files.Lines("dir/" + n).Count()).ShouldBe([10, 10, 10, 10, 10, 10, 10, 10, 9, 9, 9]);
        names.SelectMany(n => files.Lines("dir/" + n)).Select(l => (int)JsonNode.Parse(l)!["id"]!).ShouldBe(Enumerable.Range(0, 107));
    }

    [Fact]
    public async Task An_unknown_type_says_which_there_are()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", Rows);
        (await Run.FailureAsync(files, "dataset_path: in.jsonl\nexport_path: out.parquet\nprocess: []\n")).ShouldContain("the embedded engine writes jsonl, json, csv, tsv, txt, not \"parquet\"");
    }

    private static IEnumerable<string> Texts(TestFiles files, string name) => files.Lines(name).Select(l => (string)JsonNode.Parse(l)!["text"]!);
}
