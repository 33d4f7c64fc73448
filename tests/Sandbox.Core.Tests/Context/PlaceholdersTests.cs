using System.Text.Json.Nodes;
using Sandbox.Core.Context;

namespace Sandbox.Core.Tests.Context;

public sealed class PlaceholdersTests
{
    [Theory]
    [InlineData("{{ a.b }}", "<a.b>")]
    [InlineData("x{{a.b.c}}y{{ job.dir }}", "x<a.b.c>y<job.dir>")]
    [InlineData("{{ -1.result }} {{ größe.wert_2 }}", "<-1.result> <größe.wert_2>")]
    [InlineData("{{ }} {{ a }} {{.Name}} {{ a.b | upper }} {% x %} ${a.b} {a.b} {{ a..b }} {{ a. }}", null)]
    public void Only_dotted_names_in_double_braces_are_placeholders(string text, string? filled) =>
        Placeholders.Fill(text, key => $"<{key}>").ShouldBe(filled ?? text);

    [Fact]
    public void What_a_value_holds_is_no_placeholder() =>
        Placeholders.Fill("{{ a.b }}", _ => "{{ a.b }}").ShouldBe("{{ a.b }}");

    [Fact]
    public void References_are_found_in_all_texts_of_a_value() =>
        Placeholders.References(JsonNode.Parse("""["{{ a.b }}", {"k": "x{{ c.d.e }} {{ job.dir }}"}, 1, null]""")).ShouldBe(["a.b", "c.d.e"]);

    [Theory]
    [InlineData("null", "null")]
    [InlineData("\"text\"", "text")]
    [InlineData("0.25", "0.25")]
    [InlineData("[\"a\", 1]", "[\"a\", 1]")]
    public void Texts_stay_and_the_rest_is_JSON(string json, string text) =>
        Placeholders.Text(JsonNode.Parse(json)).ShouldBe(text);
}
