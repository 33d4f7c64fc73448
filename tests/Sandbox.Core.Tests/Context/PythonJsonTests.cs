using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Tests.Context;

public sealed class PythonJsonTests
{
    // What CPython's repr prints.
    [Theory]
    [InlineData(1d, "1.0")]
    [InlineData(-0d, "-0.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(123456.789e-10, "1.23456789e-05")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1e22, "1e+22")]
    [InlineData(1e23, "1e+23")]
    [InlineData(1.5e300, "1.5e+300")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(9007199254740993d, "9007199254740992.0")]
    [InlineData(0.013964843749999999, "0.013964843749999999")]
    [InlineData(-1234.5, "-1234.5")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void Numbers_are_written_as_Python_does(double value, string expected) => PythonFloat.Repr(value).ShouldBe(expected);

    [Fact]
    public void Any_number_reads_back_as_itself()
    {
        var random = new Random(4);
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                double.Parse(PythonFloat.Repr(value), CultureInfo.InvariantCulture).ShouldBe(value);
            }
        }
    }

    [Fact]
    public void Text_is_escaped_to_ASCII()
    {
        var node = JsonValue.Create("é\"\\/\n\r\t\b\f\u0001\u007f😀\u2028");

        PythonJson.Write(node).ShouldBe("""
            "\u00e9\"\\/\n\r\t\b\f\u0001\u007f\ud83d\ude00\u2028"
            """);
        PythonJson.Parse(PythonJson.Write(node), "f")!.GetValue<string>().ShouldBe(node.GetValue<string>());
    }

    [Fact]
    public void One_line_and_indented_forms_have_Pythons_blanks()
    {
        var node = JsonNode.Parse("""{"a":[1,2.0,{}],"b":[],"c":null,"d":true}""");

        PythonJson.Write(node).ShouldBe("""{"a": [1, 2.0, {}], "b": [], "c": null, "d": true}""");
        PythonJson.Write(node, 4).ShouldBe(
            "{\n    \"a\": [\n        1,\n        2.0,\n        {}\n    ],\n    \"b\": [],\n    \"c\": null,\n    \"d\": true\n}");
    }

    [Fact]
    public void NaN_infinities_big_integers_and_a_repeated_key_are_read_as_Python_does() =>
        PythonJson.Write(PythonJson.Parse("""{"a": [NaN, Infinity, -Infinity, 123456789012345678901234567890, 1E5], "b": 1, "a2": -0, "b": 2}""", "f"))
            .ShouldBe("""{"a": [NaN, Infinity, -Infinity, 123456789012345678901234567890, 100000.0], "b": 2, "a2": 0}""");

    [Theory]
    [InlineData("", "f:1:1: not valid JSON: the file is empty; expected JSON.")]
    [InlineData("[1,\n 2,,3]", "f:2:4: not valid JSON: expected a value.")]
    [InlineData("{\"a\" 1}", "f:1:6: not valid JSON: expected \":\".")]
    [InlineData("{a: 1}", "f:1:2: not valid JSON: expected a key in double quotes.")]
    [InlineData("[1", "f:1:3: not valid JSON: the text ends where \",\" was expected.")]
    [InlineData("[01]", "f:1:2: not valid JSON: \"01\" is no number.")]
    [InlineData("\"a\nb\"", "f:1:3: not valid JSON: a string holds a line break or control character: write it as an escape.")]
    [InlineData("\"abc", "f:1:5: not valid JSON: the text ends inside a string.")]
    [InlineData("\"\\x\"", "f:1:3: not valid JSON: unknown escape in a string.")]
    [InlineData("\"\\u12\"", "f:1:4: not valid JSON: \\u needs four hexadecimal digits.")]
    [InlineData("[] []", "f:1:4: not valid JSON: unexpected text after the JSON value.")]
    public void A_broken_text_says_where(string text, string fault) =>
        Should.Throw<FaultException>(() => PythonJson.Parse(text, "f")).Message.ShouldBe(fault);

    [Fact]
    public void Any_damaged_text_is_read_or_refused_never_crashed_on()
    {
        const string good = """[{"iter": 1, "pipeline_infos": [{"pipeline_name": "p", "job_infos": [{"meta_name": null, "0": [1.5e3, "\u00e9"]}]}]}]""";
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var damaged = good.ToCharArray();
            for (var n = random.Next(1, 5); n > 0; n--)
            {
                damaged[random.Next(damaged.Length)] = "{}[]\",:\\eu0-.nN \n"[random.Next(17)];
            }

            try
            {
                ContextInfosFile.Parse(new string(damaged)[..random.Next(damaged.Length + 1)], "f");
            }
            catch (FaultException e)
            {
                e.Faults.ShouldNotBeEmpty();
            }
        }
    }

    [Fact]
    public void Endless_nesting_is_refused() =>
        Should.Throw<FaultException>(() => PythonJson.Parse(new string('[', 100_000), "f")).Message.ShouldContain("nested");
}
