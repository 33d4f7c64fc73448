using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Testing;

namespace Sandbox.Engine.Tests.Definitions;

public sealed class DefinitionValidatorTests
{
    private readonly DefinitionValidator _validator = new(TestActivities.Registry());

    [ReferenceTheory("elsa/samples/")]
    [InlineData("sequence.definition.json")]
    [InlineData("workflow-definition-export.json")]
    public void What_Elsa_runs_is_without_fault(string file) =>
        _validator.Validate(DefinitionJson.Parse(File.ReadAllText(Reference.Find($"elsa/samples/{file}")!))).ShouldBeEmpty();

    [ReferenceFact("elsa/samples/")]
    public void In_the_flowchart_sample_only_the_strategy_that_Elsa_cannot_load_is_refused()
    {
        var sample = DefinitionJson.Parse(File.ReadAllText(Reference.Find("elsa/samples/flowchart.definition.json")!));

        _validator.Validate(sample).Single().Message.ShouldContain("activationStrategyType");
        _validator.Validate(sample with { Options = [] }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"Acme.Sya","id":"a"}""", "a", "Acme.Say")]
    [InlineData("""{"type":"Acme.Say","version":7,"id":"a"}""", "a", "version 7 of this activity type does not exist; there is 1, 2")]
    [InlineData("""{"type":"Acme.Say","id":"a","text":{"typeName":"String","expression":{"type":"JavaScript","value":"1+1"}}}""", "a", "JavaScript")]
    [InlineData("""{"type":"Acme.Say","id":"a","text":{"typeName":"String","expression":{"type":"Litteral","value":"1"}}}""", "a", "Did you mean \"Literal\"?")]
    [InlineData("""{"type":"Acme.Say","id":"a","text":{"expression":{"type":"Literal","value":"x"}}}""", "a", "has no typeName")]
    [InlineData("""{"type":"Acme.Say","id":"a","text":{"typeName":"String","expression":{"value":"x"}}}""", "a", "expression of the input \"text\" has no type")]
    [InlineData("""{"type":"Acme.Say","id":"a","text":{"typeName":"String","expression":{"type":"Variable","value":{"id":"who"}}}}""", "a", "Did you mean \"whom\"?")]
    [InlineData("""{"type":"Acme.Say","id":"a","text":{"typeName":"String","expression":{"type":"Variable","value":"{\"id\":\"x1\"}"}}}""", "a", "variable \"x1\"")]
    [InlineData("""{"type":"Acme.Say","id":"a","text":{"typeName":"String","expression":{"type":"Input","value":"Ordr"}}}""", "a", "Did you mean \"Order\"?")]
    [InlineData("""{"type":"Acme.Say","id":"a","times":{"typeName":"Int32","expression":{"type":"Literal","value":"many"}}}""", "a", "\"many\" is not a whole number")]
    [InlineData("""{"type":"Acme.Say","id":"a","text":{"typeName":"Object","expression":{"type":"Object","value":"{\"a\":"}}}""", "a", "begins like JSON")]
    [InlineData("""{"type":"Acme.Say","id":"a","result":{"typeName":"String","memoryReference":{"id":"whon"}}}""", "a", "Did you mean \"whom\"?")]
    [InlineData("""{"type":"Acme.Say","version":2,"id":"a"}""", "a", "\"text\" must be given")]
    [InlineData("""{"type":"Elsa.If","id":"a","thn":{"type":"Acme.Say","id":"b"}}""", "a", "Did you mean \"then\"?")]
    [InlineData("""{"type":"Elsa.Sequence","id":"a","activities":[{"type":"Acme.Say","id":"b"},{"type":"Acme.Say","id":"b"}]}""", "b", "used twice")]
    [InlineData("""{"type":"Elsa.Sequence","id":"a","variables":[{"id":"v","name":"V","typeName":"Strng"}]}""", "a", "Did you mean \"String\"?")]
    [InlineData("""{"type":"Elsa.Sequence","id":"a","variables":[{"id":"v","name":"V","typeName":"String"},{"id":"v","name":"W","typeName":"String"}]}""", "a", "two variables")]
    [InlineData("""{"type":"Elsa.Flowchart","id":"a","activities":[{"type":"Acme.Say"}],"connections":[]}""", "", "it has no id")]
    public void What_Elsa_would_pass_over_is_refused_with_the_activity_and_how_to_mend_it(string root, string activity, string part)
    {
        var definition = DefinitionJson.Parse(
            $$"""{"variables":[{"id":"whom","name":"Whom","typeName":"String"}],"inputs":[{"name":"Order","type":"String"}],"root":{{root}} }""");

        var fault = _validator.Validate(definition).ShouldHaveSingleItem();

        fault.Severity.ShouldBe(DefinitionSeverity.Error);
        fault.ActivityId.ShouldBe(activity);
        fault.Message.ShouldContain(part);
        if (activity.Length > 0)
        {
            fault.Message.ShouldContain($"\"{activity}\"");
        }
    }

    [Theory]
    [InlineData("""{"source":"a","target":"gone","sourcePort":"Approved"}""", "f", "leads to \"gone\", which is not in this flowchart")]
    [InlineData("""{"source":"gone","target":"b"}""", "f", "starts at \"gone\"")]
    [InlineData("""{"source":"a","target":"b","sourcePort":"Aproved"}""", "a", "Did you mean \"Approved\"?")]
    [InlineData("""{"source":"a","target":"b"}""", "a", "names no port; the ports are Approved, Rejected")]
    [InlineData("""{"source":"b","target":"a","sourcePort":"Approved"}""", "b", "the ports are Done")]
    public void A_connection_that_would_be_dropped_or_end_the_flow_is_refused(string connection, string activity, string part)
    {
        var fault = Flowchart($"""[{connection},{Good}]""").Single(f => f.Severity == DefinitionSeverity.Error);

        fault.ActivityId.ShouldBe(activity);
        fault.Message.ShouldContain(part);
    }

    [Fact]
    public void An_activity_that_nothing_leads_to_is_warned_of()
    {
        Flowchart($"[{Good}]").ShouldBeEmpty();

        var fault = Flowchart("[]").ShouldHaveSingleItem();

        (fault.ActivityId, fault.Severity).ShouldBe(("b", DefinitionSeverity.Warning));
        fault.Message.ShouldContain("never runs");
    }

    [Fact]
    public void An_input_that_the_type_does_not_have_is_warned_of()
    {
        var definition = DefinitionJson.Parse(
            """{"root":{"type":"Acme.Say","id":"a","txt":{"typeName":"String","expression":{"type":"Literal","value":"x"}}}}""");

        var fault = _validator.Validate(definition).ShouldHaveSingleItem();

        (fault.Severity, fault.Message.Contains("Did you mean \"text\"?", StringComparison.Ordinal)).ShouldBe((DefinitionSeverity.Warning, true));
    }

    [Fact]
    public void Variables_are_seen_inside_what_declares_them_and_nowhere_else()
    {
        const string Use = "\"text\":{\"typeName\":\"String\",\"expression\":{\"type\":\"Variable\",\"value\":{\"id\":\"v\"}}}";
        var definition = DefinitionJson.Parse(
            $$"""
            {"root":{"type":"Elsa.Sequence","activities":[
              {"type":"Elsa.Sequence","variables":[{"id":"v","name":"V","typeName":"List<Int32>"}],"activities":[{"type":"Acme.Say","id":"inside",{{Use}} }]},
              {"type":"Acme.Say","id":"outside",{{Use}} },
              {"type":"Elsa.ForEach","body":{"type":"Acme.Say","id":"loop","text":{"typeName":"String","expression":{"type":"Variable","value":{"id":"CurrentValue"} } } } }] } }
            """);

        _validator.Validate(definition).ShouldHaveSingleItem().ActivityId.ShouldBe("outside");
    }

    [Theory]
    [InlineData("activationStrategyType", "Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime", "Leave the option out")]
    [InlineData("activationStrategyType", "SingeltonStrategy", "Did you mean \"SingletonStrategy\"?")]
    [InlineData("incidentStrategyType", "FaultStrategie", "Did you mean \"FaultStrategy\"?")]
    public void Options_that_Elsa_cannot_load_are_refused(string option, string value, string part)
    {
        var definition = TestActivities.Definition("d", "a") with { Options = new JsonObject { [option] = value } };

        _validator.Validate(definition).ShouldHaveSingleItem().Message.ShouldContain(part);
    }

    private const string Good = """{"source":"a","target":"b","sourcePort":"Rejected"}""";

    private IReadOnlyList<DefinitionFault> Flowchart(string connections) => _validator.Validate(DefinitionJson.Parse(
        $$"""
        {"root":{"type":"Elsa.Flowchart","id":"f","activities":[{"type":"Acme.Approve","id":"a"},{"type":"Acme.Say","id":"b"}],"connections":{{connections}} } }
        """));
}
