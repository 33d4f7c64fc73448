using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Tests.Configuration;

public sealed class ConfigParserTests
{
    [Theory]
    [InlineData("true", "true")]
    [InlineData("Yes", "true")]
    [InlineData("ON", "true")]
    [InlineData("no", "false")]
    [InlineData("off", "false")]
    [InlineData("y", "\"y\"")]
    [InlineData("~", "null")]
    [InlineData("Null", "null")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("0", "0")]
    [InlineData("-12", "-12")]
    [InlineData("+3", "3")]
    [InlineData("1_000_000", "1000000")]
    [InlineData("0x1F", "31")]
    [InlineData("0b101", "5")]
    [InlineData("017", "15")]
    [InlineData("089", "\"089\"")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1e-5", "1E-05")]
    [InlineData("1E3", "1000.0")]
    [InlineData("10.0", "10.0")]
    [InlineData("1.", "1.0")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("1_0.5", "10.5")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("-.INF", "\"-.inf\"")]
    [InlineData(".NaN", "\".nan\"")]
    [InlineData("inf", "\"inf\"")]
    [InlineData("16:9", "\"16:9\"")]
    [InlineData("2024-01-01", "\"2024-01-01\"")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("-", null)]
    [InlineData("0x", "\"0x\"")]
    [InlineData("0_", "0")]
    [InlineData("e5", "\"e5\"")]
    [InlineData("'12'", "\"12\"")]
    [InlineData("\"true\"", "\"true\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("!!float 12", "12.0")]
    [InlineData("!!int '12'", "12")]
    public void Scalars_mean_what_upstreams_reader_makes_of_them(string yaml, string? json)
    {
        var value = Parse($"a: {yaml}\n").Node;
        if (json is not null)
        {
            (((ConfigMapping)value!).Entries[0].Value.ToJson()?.ToJsonString() ?? "null").ShouldBe(json);
        }
    }

    [Fact]
    public void Keys_and_values_know_their_line_and_column()
    {
        var root = (ConfigMapping)Parse("# note\na: 1\nlist:\n  - x\n  - {k: v}\n").Node!;

        root.Find("a")!.KeyLocation.ShouldBe(new SourceLocation("s.yaml", 2, 1));
        root.Find("a")!.Value.Location.ShouldBe(new SourceLocation("s.yaml", 2, 4));
        var list = (ConfigSequence)root.Find("list")!.Value;
        list.Items[0].Location.ShouldBe(new SourceLocation("s.yaml", 4, 5));
        ((ConfigMapping)list.Items[1]).Find("k")!.Value.Location.ShouldBe(new SourceLocation("s.yaml", 5, 9));
    }

    [Fact]
    public void Columns_count_utf16_units_and_a_byte_order_mark_does_not_count()
    {
        var faults = new List<Fault>();
        var bytes = Encoding.UTF8.GetPreamble().Concat("{\"😀ü\": 1,\n \"b\": [true, nul]}"u8.ToArray()).ToArray();
        ConfigParser.Parse(bytes, "s.json", faults).ShouldBeNull();
        faults.ShouldHaveSingleItem().Location!.Line.ShouldBe(2);

        var good = (ConfigMapping)ConfigParser.Parse("{\"😀ü\": 1,\n \"b\": [true, null]}"u8.ToArray(), "s.json", [])!;
        good.Entries[0].Value.Location.ShouldBe(new SourceLocation("s.json", 1, 9));
        ((ConfigSequence)good.Entries[1].Value).Items[1].Location.ShouldBe(new SourceLocation("s.json", 2, 14));
        good.ToJson().ToJsonString().ShouldContain("[true,null]");
    }

    [Fact]
    public void Aliases_and_merge_keys_are_resolved_and_own_keys_win()
    {
        var root = Parse("""
            base: &base {a: 1, b: 2}
            more: &more {b: 3, c: 4}
            one:
              <<: *base
              b: 9
            two:
              <<: [*more, *base]
            copy: *base
            """).Node!.ToJson()!;

        root["one"]!.ToJsonString().ShouldBe("""{"b":9,"a":1}""");
        root["two"]!.ToJsonString().ShouldBe("""{"b":3,"c":4,"a":1}""");
        root["copy"]!.ToJsonString().ShouldBe("""{"a":1,"b":2}""");
    }

    [Fact]
    public void Multi_line_scalars_keep_or_fold_their_lines()
    {
        var root = Parse("keep: |\n  a\n  b\nfold: >-\n  a\n  b\n").Node!.ToJson()!;

        root["keep"]!.GetValue<string>().ShouldBe("a\nb\n");
        root["fold"]!.GetValue<string>().ShouldBe("a b");
    }

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3\n", "s.yaml:3:1: the key \"a\" is given twice (first in line 1): remove one of them.")]
    [InlineData("a: &a [*a]\n", "s.yaml:1:8: the alias \"*a\" stands inside its own anchor: a config cannot contain itself.")]
    [InlineData("a: &base 1\nb: *bas\n", "s.yaml:2:4: there is no anchor \"&bas\" before this alias. Did you mean \"base\"?")]
    [InlineData("a: 1\n---\nb: 2\n", "s.yaml:2:1: a second document starts here: a config is one document, remove \"---\".")]
    [InlineData("<<: 3\n", "s.yaml:1:5: \"<<\" merges a mapping or a list of mappings, not 3.")]
    [InlineData("a: !!python/object:os.system x\n", "s.yaml:1:4: the tag tag:yaml.org,2002:python/object:os.system has no meaning in a config: remove it.")]
    [InlineData("a: !!int x\n", "s.yaml:1:4: \"x\" is not what its tag tag:yaml.org,2002:int says: remove the tag.")]
    [InlineData("? [a, b]\n: 1\n", "s.yaml:1:1: a key of this mapping is a list or a mapping: keys must be text.")]
    public void Faults_say_where_and_how_to_mend(string yaml, string expected) =>
        Parse(yaml).Faults.ShouldHaveSingleItem().ToString().ShouldBe(expected);

    [Theory]
    [InlineData("a:\n\tb: 1\n", "s.yaml:2:1: malformed YAML: the line is indented with a tab. Indent with blanks.")]
    [InlineData("a: [1, 2\nb: 3\n", "s.yaml:1:6: malformed YAML: it cannot be read on from here. Is a bracket, brace or quote left open?")]
    [InlineData("a: 'x\nb: 3\n", "s.yaml:3:1: malformed YAML: While scanning a quoted scalar, found unexpected end of stream. What is read here begins in line 1.")]
    [InlineData("a: 1\n b: 2\n", "s.yaml:2:3: malformed YAML: While scanning a plain scalar value, found invalid mapping.")]
    [InlineData("a:\n  - x\n - y\n", "s.yaml:3:2: malformed YAML: While parsing a block mapping, did not find expected key.")]
    [InlineData("a: b: c\n", "s.yaml:1:5: malformed YAML: While scanning a plain scalar value, found invalid mapping.")]
    public void Malformed_yaml_is_located_where_reading_stopped(string yaml, string expected) =>
        Parse(yaml).Faults.ShouldHaveSingleItem().ToString().ShouldBe(expected);

    [Fact]
    public void Bytes_that_are_no_text_are_located()
    {
        var faults = new List<Fault>();
        ConfigParser.Parse(new byte[] { (byte)'a', (byte)'\n', 0xff, 0xfe }, "s.yaml", faults).ShouldBeNull();
        faults.ShouldHaveSingleItem().ToString().ShouldBe("s.yaml:2:1: the line is not UTF-8: save the file in that encoding.");
    }

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Parse(yaml.ToString()).Faults.ShouldHaveSingleItem().Message.ShouldContain("more than 1000000 values");
    }

    [Fact]
    public void Aliases_cannot_nest_deeper_than_the_limit()
    {
        var yaml = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < 100; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}]\n");
        }

        Parse(yaml.ToString()).Faults.ShouldHaveSingleItem().Message.ShouldContain("levels deep");
    }

    [Theory]
    [InlineData("[", "s.yaml")]
    [InlineData("{a: ", "s.yaml")]
    [InlineData("[", "s.json")]
    [InlineData("- ", "s.yaml")]
    [InlineData("&a *a ", "s.yaml")]
    [InlineData("? ", "s.yaml")]
    public void Deep_input_is_refused_without_exhausting_anything(string piece, string file)
    {
        var faults = new List<Fault>();
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 200_000)));
        ConfigParser.Parse(bytes, file, faults).ShouldBeNull();
        faults.ShouldNotBeEmpty();
    }

    [Fact]
    public void Files_beyond_the_size_limit_are_refused()
    {
        var faults = new List<Fault>();
        ConfigParser.Parse(new byte[ConfigParser.MaxBytes + 1], "s.yaml", faults).ShouldBeNull();
        faults.ShouldHaveSingleItem().ToString().ShouldStartWith("s.yaml: the file is larger than 16 MiB");
    }

    [Theory]
    [InlineData("s.yaml")]
    [InlineData("s.json")]
    public void Any_bytes_give_a_tree_or_faults(string file)
    {
        var random = new Random(20241);
        string[] pieces =
        [
            "a", "b: ", ": ", "- ", "\n", "\n  ", "[", "]", "{", "}", ",", "\"", "'", "&x ", "*x", "<<: ", "|\n", ">-\n", "!!str ", "!", "%YAML 1.1\n",
            "---\n", "...\n", "\t", "#", "? ", "\\u", "\\ud83d", "\\", "0x", "1e9999", "1_", "@", "`", "\0", "\u0085", "\u2028", "é", "😀", "null", "true", "-1.5",
        ];
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => pieces[random.Next(pieces.Length)]));
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var flips = random.Next(3); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var faults = new List<Fault>();
            var node = ConfigParser.Parse(bytes, file, faults);
            (node is not null || faults.Count > 0).ShouldBeTrue();
            faults.ShouldAllBe(f => f.Message.Length > 0 && f.Location!.Line >= 0);
            node?.ToJson()?.ToJsonString().ShouldNotBeNull();
        }
    }

    [Fact]
    public void What_the_yaml_writer_writes_reads_back_the_same()
    {
        var random = new Random(7);
        string[] texts = ["", "a", "true", "1e5", "0x1F", "a: b", "# x", "line\nline\n", "-1.out", "~", "é", " x", "x ", "*a", "&b", "10s", ".inf", "12:30", "<<"];
        for (var i = 0; i < 2_000; i++)
        {
            var node = Value(0);
            var (read, faults) = Parse(YamlText.Write(node));
            faults.ShouldBeEmpty();
            JsonNode.DeepEquals(read!.ToJson(), node).ShouldBeTrue(YamlText.Write(node));
        }

        JsonNode? Value(int depth) => random.Next(depth > 3 ? 4 : 6) switch
        {
            0 => texts[random.Next(texts.Length)],
            1 => random.Next(-1000, 1000),
            2 => random.Next(2) == 0,
            3 => null,
            4 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1))]),
            _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(k => KeyValuePair.Create($"{texts[random.Next(texts.Length)]}{k}", Value(depth + 1)))),
        };
    }

    private static (ConfigNode? Node, List<Fault> Faults) Parse(string yaml)
    {
        var faults = new List<Fault>();
        return (ConfigParser.ParseYaml(yaml, "s.yaml", faults), faults);
    }
}
