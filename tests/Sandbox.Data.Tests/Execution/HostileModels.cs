using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Data.Assets;
using Sandbox.Testing;

namespace Sandbox.Data.Tests.Execution;

/// <summary>The operators that need models or tables, on whatever a file may hold.</summary>
public sealed class HostileModels
{
    private const string Models = "upstream-runs/data-juicer/models";

    private static readonly string[] Texts =
    [
        "\"\"", "\" \"", "\"\\n\\t\\r\"", "\"plain words here\"", "\"\\ud83d\\ude00 \\u0000\\uffff\\ufffe\"", "\"\\ud800\"", "\"x\\udc00\"", "null", "true", "7", "1e400",
        "NaN", "[]", "{}", "\"漢字，。１ ☃ \u2028 end\"", "\"\\u0130\u03a3 ﬁ Ⅷ ㍿ ½\"", "\"\u2581\u2581 \u2581a\"", "\"<0x41><unk></s>\"", "\"__label__en\"", "\"a\u0301\u0327\u0301\u0327\"",
        "\"\ufeff\u200b\u200d\u00ad\"", "\"कि\u200dन ทดสอบ עברית العربية\"", "\"Mr. X! \\\"Y.\\\" e.g. z... 3.5?\"",
    ];

    [ReferenceFact(Models)]
    public async Task Every_row_is_written_dropped_or_named()
    {
        var tokenizer = Path.Combine(Reference.Find(Models)!, "bpe");
        string[] operators =
        [
            "language_id_score_filter: {min_score: 0.1}", "perplexity_filter: {max_ppl: 5000}", "words_num_filter: {tokenization: true, min_num: 1}",
            "word_repetition_filter: {tokenization: true, rep_len: 2}", $"token_num_filter: {{hf_tokenizer: {tokenizer}, min_num: 1}}",
            "stopwords_filter: {min_ratio: 0}", "flagged_words_filter: {tokenization: true}", "sentence_split_mapper: {lang: en}", "fix_unicode_mapper:",
            "chinese_convert_mapper: {mode: s2t}", "remove_words_with_incorrect_substrings_mapper: {lang: en, tokenization: true}", "document_minhash_deduplicator: {tokenization: character, window_size: 2}",
        ];
        var random = new Random(2026);
        using var files = new TestFiles();
        for (var round = 0; round < 8; round++)
        {
            await File.WriteAllBytesAsync(files.ResolveWrite("in.jsonl"), Lines(random));
            random.Shuffle(operators);
            var yaml = $"dataset_path: in.jsonl\nexport_path: out.jsonl\nnp: {1 + round % 3}\nmax_bad_rows: 0.999\nprocess:\n{string.Concat(operators.Select(o => $"- {o}\n"))}";

            var result = await Run.ProcessAsync(files, yaml);

            (result.RowsOut + result.BadRowCount + result.RowsWithoutText + result.Operators.Sum(o => o.Dropped)).ShouldBe(result.RowsIn, yaml);
            files.Lines("out.jsonl").Select(l => JsonNode.Parse(l)).Count().ShouldBe((int)result.RowsOut);
        }
    }

    [ReferenceFact(Models)]
    public async Task A_line_of_100_megabytes_is_a_row_for_models_too()
    {
        using var files = new TestFiles();
        const string Sentence = "The people of the United States know well what they have to do. ";
        const int Sentences = 100_000_000 / 64;
        await using (var file = new StreamWriter(files.ResolveWrite("in.jsonl"), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            await file.WriteAsync("{\"text\":\"short\"}\n{\"text\":\"");
            for (var i = 0; i < Sentences; i++)
            {
                await file.WriteAsync(Sentence);
            }

            await file.WriteAsync("\"}\n{\"text\":\"short again\"}\n");
        }

        var result = await Run.ProcessAsync(files, $$"""
            dataset_path: in.jsonl
            export_path: out.jsonl
            np: 1
            process:
            - text_length_filter: {min_len: 100}
            - language_id_score_filter: {lang: en, min_score: 0}
            - perplexity_filter: {max_ppl: 1.0e+9}
            - words_num_filter: {tokenization: true, max_num: 1.0e+9}
            - token_num_filter: {hf_tokenizer: {{Path.Combine(Reference.Find(Models)!, "bpe")}}, max_num: 1.0e+9}
            """);

        result.RowsOut.ShouldBe(1);
        new FileInfo(files.ResolveRead("out.jsonl")).Length.ShouldBe((Sentences * 64L) + "{\"text\":\"\"}\n".Length);
        var stats = JsonNode.Parse(files.Lines("out_stats.jsonl").Single())!["__dj__stats__"]!;
        ((long)stats["text_len"]!).ShouldBe(Sentences * 64L);
        ((string)stats["lang"]!).ShouldBe("en");
        ((double)stats["perplexity"]!).ShouldBeGreaterThan(1);
        ((long)stats["num_words"]! % Sentences).ShouldBe(0);
        ((long)stats["num_token"]!).ShouldBeGreaterThan(Sentences * 10L);
    }

    [ReferenceFact(Models)]
    public async Task A_long_text_has_the_figures_of_a_short_one()
    {
        // Long texts are cut piece by piece without a list: both ways must agree, also where sums begin again.
        using var files = new TestFiles();
        var random = new Random(4);
        string[] parts = ["Congress ", "<br>&nbsp;", "naïve 漢字 ", "0000000", "just ", "Industry ", "\u2603\u2603 ", "don't\\n", "  x  "];
        var shorter = string.Concat(Enumerable.Range(0, 40_000).Select(_ => parts[random.Next(parts.Length)]));
        var text = JsonNode.Parse($"\"{shorter}\"")!.GetValue<string>();
        text.Length.ShouldBeGreaterThan(Data.Text.TextView.LongText);
        var model = Data.Tokenizers.SentencePiece.SentencePieceModel.Load(Path.Combine(Reference.Find(Models)!, "en.sp.model"));

        var listed = model.Encode(text);
        var (streamed, ids) = (new List<string>(), new List<int>());
        model.Stream(model.Normalise(text), (piece, id) =>
        {
            streamed.Add(piece.ToString());
            ids.Add(id);
        });

        ids.ShouldBe(listed.Ids);
        streamed.ShouldBe(Enumerable.Range(0, listed.Words.Count).Select(i => listed.Words[i].ToString()));
        files.Write("in.jsonl", $"{{\"text\":\"{shorter}\"}}\n");
        await Run.ProcessAsync(files, "dataset_path: in.jsonl\nexport_path: out.jsonl\nprocess:\n- words_num_filter: {tokenization: true, max_num: 1.0e+9}\n");
        ((int)JsonNode.Parse(files.Lines("out_stats.jsonl").Single())!["__dj__stats__"]!["num_words"]!).ShouldBe(listed.Words.Refined.Count);
    }

    [Theory]
    [InlineData("en", "the")]
    [InlineData("de", "und")]
    [InlineData("zh", "的")]
    public void Tables_that_ship_stand_in_where_none_are_there(string language, string word)
    {
        var tables = WordTables.Shipped("stopwords");

        tables.Find(language)!.ShouldContain(word);
        tables.Find("all")!.ShouldContain(word);
        tables.Find("xx").ShouldBeNull();
        tables.Languages.Count().ShouldBeGreaterThan(20);
        WordTables.Shipped("flagged_words").Find(language)!.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_language_without_a_table_is_a_fault_that_names_those_that_have_one() => Data.Execution.RecipeValidator.Check(
        Run.Recipe("dataset_path: a.jsonl\nexport_path: b.jsonl\nprocess:\n- stopwords_filter: {lang: xx}\n")).Single().Message.ShouldContain("en");

    private static byte[] Lines(Random random)
    {
        var bytes = new List<byte>();
        for (var line = 0; line < 60; line++)
        {
            var row = $"{{\"id\":{line},\"text\":{Texts[random.Next(Texts.Length)]}}}";
            var raw = Encoding.UTF8.GetBytes(random.Next(12) == 0 ? row[..random.Next(row.Length)] : row);
            if (random.Next(12) == 0)
            {
                raw[random.Next(raw.Length)] = (byte)random.Next(256);
            }

            bytes.AddRange(raw);
            bytes.Add((byte)'\n');
        }

        return [.. bytes];
    }
}
