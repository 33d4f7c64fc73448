using System.Text.Json.Nodes;
using Sandbox.Components.Python;

namespace Sandbox.Components.Tests.Python;

public sealed class PythonTextTests
{
    [Theory]
    [InlineData("null", "None")]
    [InlineData("true", "True")]
    [InlineData("false", "False")]
    [InlineData("1", "1")]
    [InlineData("-0", "0")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.0", "1.0")]
    [InlineData("-0.0", "-0.0")]
    [InlineData("0.1", "0.1")]
    [InlineData("1e5", "100000.0")]
    [InlineData("1e15", "1000000000000000.0")]
    [InlineData("1e16", "1e+16")]
    [InlineData("123456789012345680.0", "1.2345678901234568e+17")]
    [InlineData("0.0001", "0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("1.5e-7", "1.5e-07")]
    [InlineData("9.999999999999999e22", "1e+23")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("9999999999999998.0", "9999999999999998.0")]
    [InlineData("\"a 'b'\"", "a 'b'")]
    [InlineData("[1, \"a\", null, 2.5]", "[1, 'a', None, 2.5]")]
    [InlineData("{\"a\": [\"it's\"], \"b\": {}}", "{'a': [\"it's\"], 'b': {}}")]
    [InlineData("[\"it's \\\"so\\\"\"]", "['it\\'s \"so\"']")]
    [InlineData("[\"a\\nb\\t\\\\ \\u0007 \\u00e9 \\u00a0 \\u200b \\ud83d\\ude00\"]", "['a\\nb\\t\\\\ \\x07 é \\xa0 \\u200b 😀']")]
    public void Str_is_pythons(string json, string expected) => PythonText.Str(JsonNode.Parse(json)).ShouldBe(expected);

    [Theory]
    [InlineData("\" 1.5\\n\"", 1.5)]
    [InlineData("\"1_000.5\"", 1000.5)]
    [InlineData("\"-.5e1\"", -5.0)]
    [InlineData("\"5.\"", 5.0)]
    [InlineData("\"+INFINITY\"", double.PositiveInfinity)]
    [InlineData("\"-inf\"", double.NegativeInfinity)]
    [InlineData("\"nan\"", double.NaN)]
    [InlineData("\"١٢\"", 12.0)]
    [InlineData("true", 1.0)]
    [InlineData("7", 7.0)]
    public void Float_reads_what_python_reads(string json, double expected)
    {
        var (outcome, value) = PythonFloat.Parse(JsonNode.Parse(json));
        outcome.ShouldBe(PythonFloatOutcome.Number);
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"_1\"")]
    [InlineData("\"1__0\"")]
    [InlineData("\"1_.5\"")]
    [InlineData("\"0x10\"")]
    [InlineData("\"1 2\"")]
    [InlineData("\"--1\"")]
    [InlineData("\"1e\"")]
    [InlineData("\".\"")]
    [InlineData("\"five\"")]
    public void Float_refuses_what_python_refuses(string json) =>
        PythonFloat.Parse(JsonNode.Parse(json)).Outcome.ShouldBe(PythonFloatOutcome.NotANumber);

    [Theory]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void Float_of_no_scalar_is_a_type_error(string json) =>
        PythonFloat.Parse(JsonNode.Parse(json)).Outcome.ShouldBe(PythonFloatOutcome.WrongType);

    [Fact]
    public void Repr_of_a_float_reads_back_as_the_same_float()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (double.IsFinite(value))
            {
                PythonFloat.ParseText(PythonText.Repr(value)).ShouldBe(value);
            }
        }
    }

    [Theory]
    [InlineData("a.b", "1")]
    [InlineData("a.c", "null")]
    [InlineData("x.y", "2")]
    [InlineData("n.m", "3")]
    [InlineData("l.k", "[4,null]")]
    [InlineData("none.a", "null")]
    public void A_dotted_key_is_looked_up_whole_first_and_then_level_by_level(string key, string expected)
    {
        var row = JsonNode.Parse("""{"a":{"b":1},"x.y":2,"x":{"y":9},"n.m":null,"m":3,"l":[{"k":4},5]}""");
        (NestedKey.Find(row, key)?.ToJsonString() ?? "null").ShouldBe(expected);
    }
}
