using System.Text.Json.Nodes;
using Sandbox.Engine.Activities;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Tests.Runtime;

namespace Sandbox.Engine.Tests.Activities;

public sealed class DefinitionFromJsonTests
{
    private const string Json = """
        {
          "id": "v1", "definitionId": "d", "name": "all", "version": 1, "isLatest": true, "isPublished": true,
          "variables": [
            {"id": "n", "name": "N", "typeName": "Int32", "isArray": false, "value": "1"},
            {"id": "i", "name": "I", "typeName": "String", "isArray": false}
          ],
          "inputs": [], "outputs": [], "outcomes": [], "customProperties": {}, "options": {},
          "root": {
            "id": "s", "type": "Elsa.Sequence", "version": 1, "variables": [], "activities": [
              {"id": "set", "type": "Elsa.SetVariable", "version": 1,
               "variable": {"id": "n", "name": "N", "typeName": "Int32"},
               "value": {"typeName": "Object", "expression": {"type": "Literal", "value": "5"}}},
              {"id": "fork", "type": "Elsa.Fork", "version": 1, "joinMode": "WaitAll", "branches": [
                {"id": "w1", "type": "Elsa.WriteLine", "version": 1,
                 "text": {"typeName": "String", "expression": {"type": "Variable", "value": {"id": "n"}}}},
                {"id": "w2", "type": "Elsa.WriteLine", "version": 1, "text": "bare"}]},
              {"id": "each", "type": "Elsa.ForEach", "version": 1,
               "items": {"typeName": "Object", "expression": {"type": "Object", "value": "[\"p\", \"q\"]"}},
               "currentValue": {"typeName": "Object", "memoryReference": {"id": "i"}},
               "body": {"id": "w3", "type": "Elsa.WriteLine", "version": 1,
                        "text": {"typeName": "String", "expression": {"type": "Variable", "value": "{\"id\":\"i\"}"}}}},
              {"id": "if", "type": "Elsa.If", "version": 1,
               "condition": {"typeName": "Boolean", "expression": {"type": "Literal", "value": "True"}},
               "then": {"id": "flow", "type": "Elsa.Flowchart", "version": 1, "variables": [], "activities": [
                 {"id": "f", "type": "Elsa.FlowFork", "version": 1,
                  "branches": {"typeName": "Object", "expression": {"type": "Object", "value": "[\"A\",\"B\"]"}}},
                 {"id": "a", "type": "Elsa.WriteLine", "version": 1, "text": "a"},
                 {"id": "b", "type": "Elsa.WriteLine", "version": 1, "text": "b"},
                 {"id": "j", "type": "Elsa.FlowJoin", "version": 1,
                  "mode": {"typeName": "String", "expression": {"type": "Literal", "value": "WaitAll"}}},
                 {"id": "z", "type": "Elsa.WriteLine", "version": 1, "text": "z"}],
                "connections": [
                  {"source": {"activity": "f", "port": "A"}, "target": {"activity": "a", "port": "In"}},
                  {"source": {"activity": "f", "port": "B"}, "target": {"activity": "b", "port": "In"}},
                  {"source": {"activity": "a", "port": "Done"}, "target": {"activity": "j", "port": "In"}},
                  {"source": {"activity": "b"}, "target": {"activity": "j"}},
                  {"source": "j", "target": "z", "sourcePort": "Done", "targetPort": "In"}]}}
            ]
          }
        }
        """;

    [Fact]
    public async Task A_definition_as_Elsa_writes_it_is_without_fault_and_runs()
    {
        await using var engine = new EngineHarness();
        var definition = DefinitionJson.Read(JsonNode.Parse(Json)!.AsObject());
        new DefinitionValidator(engine.Registry).Validate(definition).ShouldBeEmpty();
        var outcome = await engine.RunAsync(await engine.CreateAsync(definition));
        outcome.Incidents.ShouldBeEmpty();
        outcome.End.ShouldBe(RunEnd.Finished);
        engine.Lines.ShouldBe(["5", "bare", "p", "q", "a", "b", "z"]);
    }

    [Fact]
    public async Task An_unregistered_type_faults_when_it_is_reached()
    {
        await using var engine = new EngineHarness();
        var outcome = await engine.RunAsync(Define.Sequence("s", Define.Line("a"), Define.Activity("Acme.Gone", "gone")));
        outcome.End.ShouldBe(RunEnd.Faulted);
        outcome.Incidents.Single().Message.ShouldContain("Acme.Gone");
        engine.Lines.ShouldBe(["a"]);
    }
}
