using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Testing;

namespace Sandbox.Engine.Tests.Definitions;

public sealed class DefinitionJsonTests
{
    private const string Samples = "elsa/samples/";

    [ReferenceFact(Samples)]
    public void A_flowchart_is_written_as_Elsa_emits_it_after_a_load()
    {
        var written = DefinitionJson.Write(DefinitionJson.Read(Sample("flowchart.definition.json")));

        var expected = Sample("flowchart.definition.roundtrip.json");
        // Elsa cannot load the strategy that it wrote itself and keeps an error's name instead; nothing is lost here.
        expected["options"]!["activationStrategyType"] =
            Sample("flowchart.definition.json")["options"]!["activationStrategyType"]!.DeepClone();
        DefinitionJson.ToText(written).ShouldBe(DefinitionJson.ToText(expected));
    }

    [ReferenceTheory(Samples)]
    [InlineData("flowchart.definition.roundtrip.json")]
    [InlineData("workflow-definition-export.json")]
    public void What_Elsa_emitted_comes_back_unchanged_to_the_letter(string file)
    {
        var sample = Sample(file);
        var definition = DefinitionJson.Read(sample);

        var written = sample.ContainsKey("$schema") ? DefinitionJson.WriteExport(definition) : DefinitionJson.Write(definition);

        DefinitionJson.ToText(written).ShouldBe(DefinitionJson.ToText(sample));
    }

    [ReferenceFact(Samples)]
    public void A_sequence_comes_back_with_the_flags_that_every_activity_has()
    {
        var written = DefinitionJson.Write(DefinitionJson.Read(Sample("sequence.definition.json")));

        var expected = Sample("sequence.definition.json");
        foreach (var activity in expected["root"]!["activities"]!.AsArray().Append(expected["root"]))
        {
            var properties = activity!["customProperties"]!.AsObject();
            properties["canStartWorkflow"] = false;
            properties["runAsynchronously"] = false;
        }

        DefinitionJson.ToText(written).ShouldBe(DefinitionJson.ToText(expected));
    }

    [ReferenceFact(Samples)]
    public void A_stored_entity_has_its_root_as_text()
    {
        var entity = DefinitionJson.Read(Sample("workflow-definition-entity.json"));
        var model = DefinitionJson.Read(Sample("flowchart.definition.json"));

        ContentOf(entity).ShouldBe(ContentOf(model));
        entity.Root.DescendantsAndSelf().Select(node => node.Id).ShouldBe(["flow1", "approve1", "say1", "say2"]);
    }

    [ReferenceFact("elsa/studio-samples/")]
    public void What_Studio_saves_loses_nothing()
    {
        foreach (var file in Directory.GetFiles(Reference.Find("elsa/studio-samples")!, "SAVE-*.json"))
        {
            var model = JsonNode.Parse(File.ReadAllText(file))!["model"]!.AsObject();

            var written = DefinitionJson.Write(DefinitionJson.Read(model));

            model.Remove("links");
            JsonShape.Missing(model, written).ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void Names_are_matched_in_any_casing()
    {
        var definition = DefinitionJson.Parse(
            """
            {"DefinitionId":"d","NAME":"n","Variables":[{"ID":"v","Name":"V","TypeName":"Int32"}],
             "Root":{"Type":"Elsa.Sequence","Activities":[{"TYPE":"Acme.Say","Id":"a","Text":{"TypeName":"String","Expression":{"Type":"Literal","Value":"x"}}}]}}
            """);

        definition.DefinitionId.ShouldBe("d");
        definition.Name.ShouldBe("n");
        definition.Variables.Single().ShouldBe(new Variable("v", "V", "Int32"));
        var say = definition.Root.Activities!.Single();
        say.Inputs["text"].Value!.GetValue<string>().ShouldBe("x");
        DefinitionJson.WriteActivity(say)["text"]!["expression"]!["value"]!.GetValue<string>().ShouldBe("x");
    }

    [Fact]
    public void Activities_of_a_sequence_get_ids_by_type_name_and_count_and_those_of_a_flowchart_do_not()
    {
        var definition = DefinitionJson.Parse(
            """
            {"root":{"type":"Elsa.Sequence","activities":[
              {"type":"Acme.Say"},{"type":"Acme.Say","id":"Say1"},{"type":"Acme.Say"},
              {"type":"Elsa.Flowchart","id":"f","connections":[],"activities":[{"type":"Acme.Say"}]},
              {"type":"Elsa.If","then":{"type":"Acme.Say"}}]}}
            """);

        definition.Root.DescendantsAndSelf().Select(node => node.NodeId).ShouldBe(
        [
            "Workflow1:Sequence1", "Workflow1:Sequence1:Say2", "Workflow1:Sequence1:Say1", "Workflow1:Sequence1:Say3",
            "Workflow1:Sequence1:f", "Workflow1:Sequence1:f:", "Workflow1:Sequence1:If1", "Workflow1:Sequence1:If1:Say4",
        ]);
    }

    [Fact]
    public void The_node_id_in_the_text_is_ignored() =>
        DefinitionJson.Parse("""{"root":{"type":"Elsa.Sequence","id":"s","nodeId":"wrong"}}""").Root.NodeId.ShouldBe("Workflow1:s");

    [Theory]
    [InlineData("""[{"source":"a","target":"b","sourcePort":"Yes","targetPort":"In"}]""")]
    [InlineData("""[{"source":{"activity":"a","port":"Yes"},"target":{"activity":"b","port":"In"}}]""")]
    [InlineData("""{"$values":[{"source":"a","target":"b","sourcePort":"Yes","targetPort":"In"}]}""")]
    [InlineData("""{"source":"a","target":"b","sourcePort":"Yes","targetPort":"In"}""")]
    public void Connections_come_in_several_forms(string connections)
    {
        var definition = DefinitionJson.Parse($$$"""{"root":{"type":"Elsa.Flowchart","id":"f","activities":[],"connections": {{{connections}}} }}""");

        var connection = definition.Root.Connections!.Single();
        (connection.SourceActivity, connection.SourcePort, connection.TargetActivity, connection.TargetPort).ShouldBe(("a", "Yes", "b", "In"));
    }

    [Fact]
    public void A_bare_value_is_a_literal_and_stays_bare()
    {
        var definition = DefinitionJson.Parse("""{"root":{"type":"Acme.Say","id":"s","text":"hello","count":3}}""");

        var text = definition.Root.Inputs["Text"];
        (text.ExpressionType, text.Value!.GetValue<string>()).ShouldBe(("Literal", "hello"));
        DefinitionJson.WriteActivity(definition.Root)["count"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public void Unknown_members_survive_at_every_level()
    {
        var json = JsonNode.Parse(
            """
            {"x1":1,"root":{"type":"Elsa.Flowchart","id":"f","x2":{"a":[1,{"type":"Literal","value":2}]},
              "variables":[{"id":"v","name":"V","typeName":"String","x3":[]}],
              "connections":[{"source":{"activity":"a"},"target":{"activity":"a"},"x4":true}],
              "activities":[{"type":"Acme.Say","id":"a","text":{"typeName":"String","x5":null,"expression":{"type":"Literal","value":"t","x6":0}},
                "result":{"typeName":"String","memoryReference":{"id":"v","x8":1}},
                "variable":{"id":"v","name":"V","typeName":"String"},"cases":[{"label":"L","condition":{"type":"Literal","value":true}}],"none":null}]}}
            """)!.AsObject();

        var written = DefinitionJson.Write(DefinitionJson.Read(json));

        JsonShape.Missing(json, written).ShouldBeEmpty();
        DefinitionJson.ToText(DefinitionJson.Write(DefinitionJson.Read(written))).ShouldBe(DefinitionJson.ToText(written));
    }

    [Fact]
    public void Embedded_activities_are_part_of_the_tree()
    {
        var root = DefinitionJson.Parse(
            """
            {"root":{"type":"Elsa.Fork","branches":[{"type":"Acme.Say","id":"a"},{"type":"Elsa.While","id":"w","body":{"type":"Acme.Say","id":"b"}}]}}
            """).Root;

        root.Ports["branches"].IsList.ShouldBeTrue();
        root.DescendantsAndSelf().Select(node => node.Id).ShouldBe(["Fork1", "a", "w", "b"]);
    }

    [Fact]
    public void A_definition_just_made_in_Studio_is_complete_after_a_load()
    {
        var written = DefinitionJson.Write(DefinitionJson.Parse(
            """{"id":null,"definitionId":null,"variables":null,"options":null,"root":{"id":"r","type":"Elsa.Flowchart","version":1,"name":"Flowchart1"}}"""));

        written["variables"]!.AsArray().ShouldBeEmpty();
        written["options"]!.AsObject().ShouldBeEmpty();
        written["root"]!["activities"]!.AsArray().ShouldBeEmpty();
        written["root"]!["connections"]!.AsArray().ShouldBeEmpty();
    }

    private static JsonObject Sample(string file) =>
        JsonNode.Parse(File.ReadAllText(Reference.Find(Samples + file)!))!.AsObject();

    private static string ContentOf(WorkflowDefinition definition) =>
        ContentHash.Compute(definition with { Extra = [] });
}
