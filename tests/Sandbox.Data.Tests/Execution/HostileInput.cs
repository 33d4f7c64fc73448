using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Data.Operators;

namespace Sandbox.Data.Tests.Execution;

/// <summary>Whatever a file holds, a run ends with rows or with a message, and every row is accounted for.</summary>
public sealed class HostileInput
{
    private static readonly string[] Values =
    [
        "\"\"", "\"plain words here\"", "\"\\ud83d\\ude00 \\u0000\\uffff\"", "\"\\ud800\"", "\"\\udc00x\"", "null", "true", "7", "-0.0", "1e400", "-1e-400",
        "123456789012345678901234567890", "NaN", "Infinity", "[]", "[[[1]]]", "{}", "{\"a\":{\"b\":null}}", "\"192.168.0.1 a@b.c http://x.y/z\"",
        "\"<table><tr><td>x\"", "\"\\\\section{a} % b\\n\\\\def\\\\c{d}\\n\"", "\"a b\\nc d\\ne f\\n\"", "\"漢字，。１ ☃ \u2028 end\"", "\"\\u0130\u03a3\"",
    ];

    [Fact]
    public async Task Every_row_is_written_dropped_or_named()
    {
        var operators = OperatorRegistry.All
            .Where(o => o.Kind is OperatorKind.Filter or OperatorKind.Mapper && o.Name is not ("specified_field_filter" or "specified_numeric_field_filter"))
            .Select(o => o.Name).Where(CanRunWithoutModels).Order(StringComparer.Ordinal).ToList();
        var random = new Random(99);
        using var files = new TestFiles();
        for (var round = 0; round < 25; round++)
        {
            await File.WriteAllBytesAsync(files.ResolveWrite("in.jsonl"), Lines(random));
            var chosen = Enumerable.Range(0, 6).Select(_ => $"- {operators[random.Next(operators.Count)]}:\n");
            var yaml = $"dataset_path: in.jsonl\nexport_path: out.jsonl\nnp: {1 + round % 3}\nmax_bad_rows: 0.999\nprocess:\n{string.Concat(chosen)}- document_deduplicator:\n";
            try
            {
                var result = await Run.ProcessAsync(files, yaml);
                (result.RowsOut + result.BadRowCount + result.RowsWithoutText + result.Operators.Sum(o => o.Dropped)).ShouldBe(result.RowsIn, yaml);
                files.Lines("out.jsonl").Select(l => JsonNode.Parse(l)).Count().ShouldBe((int)result.RowsOut);
            }
            catch (JobFailedException e)
            {
                e.Message.ShouldNotBeNullOrWhiteSpace();
            }
        }
    }

    [Fact]
    public async Task A_line_of_many_megabytes_is_a_row_like_any_other()
    {
        using var files = new TestFiles();
        var words = string.Concat(Enumerable.Repeat("many words ", 800_000));
        files.Write("in.jsonl", $"{{\"text\":\"short one\"}}\n{{\"text\":\"{words}\\n\"}}\n{{\"text\":\"short two\"}}\n");

        var result = await Run.ProcessAsync(files, "dataset_path: in.jsonl\nexport_path: out.jsonl\nnp: 2\nprocess:\n- words_num_filter: {min_num: 1}\n- whitespace_normalization_mapper:\n");

        result.RowsOut.ShouldBe(3);
        files.Lines("out_stats.jsonl")[1].ShouldBe("{\"__dj__stats__\":{\"num_words\":1600000}}");
        ((string)JsonNode.Parse(files.Lines("out.jsonl")[1])!["text"]!).Length.ShouldBe(words.Length - 1);
    }

    [Fact]
    public async Task Huge_numbers_keep_their_digits_and_have_a_place_in_an_order()
    {
        using var files = new TestFiles();
        const string Rows = "{\"text\":\"a\",\"n\":{\"v\":123456789012345678901234567890}}\n{\"text\":\"b\",\"n\":{\"v\":1e400}}\n{\"text\":\"c\",\"n\":{\"v\":\"x\"}}\n{\"text\":\"d\"}\n{\"text\":\"e\",\"n\":{\"v\":-5}}\n";
        files.Write("in.jsonl", Rows);

        await Run.ProcessAsync(files, "dataset_path: in.jsonl\nexport_path: out.jsonl\nprocess:\n- topk_specified_field_selector: {field_key: n.v, topk: 3}\n");

        files.Lines("out.jsonl").ShouldBe([Rows.Split('\n')[1], Rows.Split('\n')[0], Rows.Split('\n')[4]]);
    }

    [Fact]
    public async Task Half_a_pair_in_another_field_passes_through_and_in_the_text_is_a_malformed_row()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", "{\"text\":\"ok\",\"x\":\"\\ud800\"}\n{\"text\":\"\\udfff\"}\n");
        var result = await Run.ProcessAsync(files, "dataset_path: in.jsonl\nexport_path: out.jsonl\nmax_bad_rows: 1\nprocess: []\n");
        files.Lines("out.jsonl").ShouldBe(["{\"text\":\"ok\",\"x\":\"\\ud800\"}"]);
        result.BadRows.Single().Problem.ShouldContain("half a surrogate pair");
    }

    // Names of operators whose options ask for no model with their defaults.
    private static bool CanRunWithoutModels(string name)
    {
        var recipe = Run.Recipe($"dataset_path: a.jsonl\nexport_path: b.jsonl\nprocess:\n- {name}:\n");
        return Data.Execution.RecipeValidator.Check(recipe).Count == 0;
    }

    private static byte[] Lines(Random random)
    {
        var bytes = new List<byte>();
        for (var line = 0; line < 60; line++)
        {
            var row = $"{{\"id\":{line},\"text\":{Values[random.Next(Values.Length)]},\"meta\":{Values[random.Next(Values.Length)]}}}";
            var raw = Encoding.UTF8.GetBytes(random.Next(12) == 0 ? row[..random.Next(row.Length)] : row);
            if (random.Next(15) == 0)
            {
                raw[random.Next(raw.Length)] = (byte)random.Next(256);
            }

            bytes.AddRange(raw);
            bytes.AddRange(random.Next(9) == 0 ? "\r\n\n"u8 : "\n"u8);
        }

        return [.. bytes];
    }
}
