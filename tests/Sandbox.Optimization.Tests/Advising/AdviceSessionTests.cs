using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Optimization.Advising;
using Sandbox.Optimization.Studies;

namespace Sandbox.Optimization.Tests.Advising;

public sealed class AdviceSessionTests
{
    private readonly AdviceSession _session = new(new Study(
        Cases.Sweep("""
            method: grid
            metric: {name: loss}
            early_terminate: {type: hyperband, max_iter: 6, s: 1, eta: 3}
            parameters: {a: {values: [1, 2.0, "x"]}}
            """), 0, [], []));

    [Fact]
    public void A_conversation_goes_from_asking_to_the_end_of_the_grid()
    {
        Say("""{"ask": 2}""").ShouldBe("""{"trial":0,"parameters":{"a":1}}""" + "\n" + """{"trial":1,"parameters":{"a":2.0}}""");
        Say("""{"report": 0, "step": 1, "value": 0.4}""").ShouldBe("""{"stop":false}""");
        Say("""{"report": 0, "step": 2, "value": 0.3}""").ShouldBe("""{"stop":false}""");
        Say("""{"report": 1, "step": 1, "value": 9}""").ShouldBe("""{"stop":false}""");
        Say("""{"report": 1, "step": 2, "value": 8}""").ShouldBe("""{"stop":true}""");
        Say("""{"tell": 1, "state": "failed"}""").ShouldBe("""{"best":null}""");
        Say("""{"tell": 0, "value": 0.3, "state": "finished"}""").ShouldBe("""{"best":0}""");
        Say("""{"ask": 2}""").ShouldBe("""{"trial":2,"parameters":{"a":"x"}}""" + "\n" + """{"done":true}""");
        Say("""{"tell": 2, "value": 0.1}""").ShouldBe("""{"best":2}""");
        Say("""{"ask": 1}""").ShouldBe("""{"done":true}""");
    }

    [Theory]
    [InlineData("", "no JSON object")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("""{"ask": 1""", "no JSON object")]
    [InlineData("""{"ask": 1, "ask": 1}""", "no JSON object")]
    [InlineData("""{"ask": 0}""", "\"ask\" must be a whole number from 1")]
    [InlineData("""{"ask": 1, "tell": 0}""", "one of")]
    [InlineData("""{"ask": 1, "n": 2}""", "no key \"n\"")]
    [InlineData("""{"aks": 1}""", "one of")]
    [InlineData("""{"tell": 5, "value": 1}""", "there is no trial 5")]
    [InlineData("""{"tell": 0, "value": "high"}""", "must be a number")]
    [InlineData("""{"tell": 0, "value": 1, "state": "done"}""", "\"state\" must be one of")]
    [InlineData("""{"report": 0, "value": 1}""", "\"step\" must be a whole number")]
    [InlineData("""{"report": 0, "step": 1}""", "\"value\" is missing")]
    public void A_bad_line_gets_an_error_and_changes_nothing(string line, string message)
    {
        Say("""{"ask": 1}""");
        JsonNode.Parse(Say(line))!["error"]!.GetValue<string>().ShouldContain(message);
        Say("""{"tell": 0, "value": 1}""").ShouldBe("""{"best":0}""");
        JsonNode.Parse(Say("""{"tell": 0, "value": 1}"""))!["error"]!.GetValue<string>().ShouldContain("has ended already (finished)");
        Say("""{"ask": 1}""").ShouldContain("\"trial\":1");
    }

    [Fact]
    public void Any_line_gets_an_answer()
    {
        var random = new Random(9);
        string[] pieces = ["{", "}", "\"ask\"", ":", ",", "1", "\"tell\"", "\"report\"", "0", "[", "]", "null", "\"value\"", "\"step\"", "\\", "é", "1e999", "-3"];
        for (var i = 0; i < 3000; i++)
        {
            var line = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (var answer in _session.Answer(line).ToList())
            {
                JsonDocument.Parse(answer).RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
            }
        }
    }

    private string Say(string line) => string.Join('\n', _session.Answer(line));
}
