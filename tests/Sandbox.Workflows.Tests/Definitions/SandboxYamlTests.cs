using System.Text.Json.Nodes;
using Sandbox.Core.Faults;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Definitions;

namespace Sandbox.Workflows.Tests.Definitions;

public sealed class SandboxYamlTests
{
    private const string SomePath = "some/config.yaml";

    [Fact]
    public void Any_config_comes_back_as_a_yaml_without_studio_that_compiles_to_the_same()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var compiled = DefinitionJson.Read(WorkflowCompiler.Compile(new RandomConfigs(new Random(seed), withReferences: true).Next()));
            var yaml = SandboxYaml.Export(compiled, SomePath);
            yaml.ShouldNotContain("\nstudio:", customMessage: $"seed {seed}");
            Yamls.Comparable(Yamls.Compile(yaml, SomePath)).ShouldBe(Yamls.Comparable(compiled), $"seed {seed}\n{yaml}");
        }
    }

    [Fact]
    public void Any_config_compiled_from_another_path_keeps_its_definition_id()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var compiled = DefinitionJson.Read(WorkflowCompiler.Compile(new RandomConfigs(new Random(seed), withReferences: false).Next()));
            var yaml = SandboxYaml.Export(compiled);
            Yamls.Comparable(Yamls.Compile(yaml, "elsewhere.yaml")).ShouldBe(Yamls.Comparable(compiled), $"seed {seed}\n{yaml}");
        }
    }

    [Fact]
    public void Any_edit_inside_the_profile_comes_back_as_a_yaml_that_compiles_to_the_edited_definition()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var compiled = DefinitionJson.Read(WorkflowCompiler.Compile(new RandomConfigs(random, withReferences: false).Next()));
            var edited = new RandomEdits(random).Edit(compiled);
            var yaml = SandboxYaml.Export(edited, "elsewhere.yaml");
            var again = Yamls.Compile(yaml, "elsewhere.yaml");
            Yamls.Comparable(Literals.ByValue(again)).ShouldBe(Yamls.Comparable(Literals.ByValue(edited)), $"seed {seed}\n{yaml}");
            SandboxYaml.Export(again, "elsewhere.yaml").ShouldBe(yaml, $"seed {seed}: the way there and back changes nothing more");
        }
    }

    [Theory]
    [InlineData("""{"type":"Elsa.WriteLine","id":"w1"}""", "activity w1", "Elsa.WriteLine has no YAML")]
    [InlineData("""{"type":"Elsa.Sequence","id":"s1","activities":[{"type":"Elsa.If","id":"i1"}]}""", "activity i1", "Elsa.If has no YAML")]
    [InlineData("""{"type":"Sandbox.ProcessDataHook","id":"h1","djConfigs":{"typeName":"String","expression":{"type":"Variable","value":{"id":"v"}}}}""", "activity h1", "bound by Variable")]
    [InlineData("""{"type":"Sandbox.ProcessDataHook","id":"h1","djConfigs":"a: [1"}""", "activity h1", "not valid YAML")]
    [InlineData("""{"type":"Sandbox.ProcessDataHook","id":"h1","djConfigs":"[1, 2]"}""", "activity h1", "must be a mapping")]
    [InlineData("""{"type":"Sandbox.CheckTargets","id":"c1"}""", "activity c1", "no targets")]
    public void An_activity_without_a_yaml_is_named(string activity, string id, string why)
    {
        var definition = DefinitionJson.Parse("""{"root":{"type":"Elsa.Flowchart","id":"f","activities":[""" + activity + "]}}");
        var message = Should.Throw<FaultException>(() => SandboxYaml.Export(definition)).Message;
        message.ShouldContain(id);
        message.ShouldContain(why);
    }

    [Fact]
    public void Branches_in_parallel_and_what_is_not_connected_have_no_yaml()
    {
        var definition = DefinitionJson.Parse("""
            {"root":{"type":"Elsa.Flowchart","id":"f","activities":[
              {"type":"Sandbox.ProcessDataHook","id":"a"},{"type":"Sandbox.ProcessDataHook","id":"b"},
              {"type":"Sandbox.ProcessDataHook","id":"c"},{"type":"Sandbox.ProcessDataHook","id":"lost"}],
             "connections":[
              {"source":{"activity":"a","port":"Done"},"target":{"activity":"b"}},
              {"source":{"activity":"a","port":"Done"},"target":{"activity":"c"}}]}}
            """);
        var message = Should.Throw<FaultException>(() => SandboxYaml.Export(definition)).Message;
        message.ShouldContain("activity a: several connections leave its port Done");
        message.ShouldContain("activity lost: it is not connected");
    }
}
