using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Definitions.Json;

namespace Sandbox.Engine.Tests.Definitions;

public sealed class DefinitionFuzzTests
{
    private readonly DefinitionValidator _validator = new(TestActivities.Registry());

    [Fact]
    public void Any_valid_definition_comes_back_from_its_text_as_it_was()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var definition = new RandomDefinitions(seed).Definition();
            _validator.Validate(definition).Where(f => f.Severity == DefinitionSeverity.Error).ShouldBeEmpty($"seed {seed}");
            var text = DefinitionJson.ToText(DefinitionJson.Write(definition));

            var read = DefinitionJson.Parse(text);

            DefinitionJson.ToText(DefinitionJson.Write(read)).ShouldBe(text, $"seed {seed}");
            ContentHash.Compute(read).ShouldBe(ContentHash.Compute(definition), $"seed {seed}");
        }
    }

    [Fact]
    public void Damaged_definitions_are_read_without_loss_or_refused_with_a_message()
    {
        var read = 0;
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new RandomDefinitions(seed);
            var json = DefinitionJson.Write(random.Definition());
            for (var i = seed % 4; i >= 0; i--)
            {
                random.Damage(json);
            }

            read += TryRead(JsonText.Write(json), $"seed {seed}") ? 1 : 0;
        }

        read.ShouldBeInRange(100, 950);
    }

    [Fact]
    public void Arbitrary_json_is_refused_with_a_message()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var json = new RandomDefinitions(seed).Object(6);
            json["root"] ??= new RandomDefinitions(seed).Object(5);
            TryRead(JsonText.Write(json), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"root":null}""")]
    [InlineData("""{"root":{}}""")]
    [InlineData("""{"root":{"type":" "}}""")]
    [InlineData("""{"root":{"type":"A.B"},"root":{"type":"A.B"}}""")]
    [InlineData("""{"root":{"type":"A.B","text":"a","Text":"b"}}""")]
    [InlineData("""{"root":{"type":"A.B","text":"\ud800"}}""")]
    [InlineData("""{"root":{"type":"A.B","x":{"y":"\ud800"}}}""")]
    [InlineData("""{"root":{"type":"A.B","x":{"y":1,"y":2}}}""")]
    [InlineData("""{"stringData":"{"}""")]
    [InlineData("""{"root":{"type":"A.B"},"version":1.5}""")]
    [InlineData("""{"root":{"type":"A.B"},"version":1e99}""")]
    [InlineData("""{"root":{"type":"A.B"},"createdAt":"yesterday"}""")]
    [InlineData("""{"root":{"type":"A.B"},"outcomes":[1]}""")]
    [InlineData("""{"root":{"type":"A.B","connections":[{"source":"a","target":"b","vertices":[{"x":1e400,"y":0}]}]}}""")]
    public void What_is_no_definition_is_refused(string text) =>
        Should.Throw<DefinitionFormatException>(() => DefinitionJson.Parse(text)).Message.Length.ShouldBeGreaterThan(10);

    [Fact]
    public void Containers_may_be_nested_deep()
    {
        var text = Nested(900);

        var definition = DefinitionJson.Parse(text);

        definition.Root.DescendantsAndSelf().Count().ShouldBe(901);
        DefinitionJson.ToText(DefinitionJson.Write(definition)).Length.ShouldBeGreaterThan(text.Length);
        _validator.Validate(definition).ShouldBeEmpty();
        ContentHash.Compute(definition).Length.ShouldBe(64);
    }

    [Theory]
    [InlineData(1100)]
    [InlineData(100_000)]
    public void Containers_nested_without_end_are_refused(int depth) =>
        Should.Throw<DefinitionFormatException>(() => DefinitionJson.Parse(Nested(depth)));

    [Fact]
    public void Ten_thousand_activities_are_read_checked_and_written()
    {
        const int Count = 10_000;
        var activities = Enumerable.Range(0, Count).Select(i => new ActivityNode
        {
            Type = "Acme.Say", Id = $"a{i}", Inputs = TestActivities.Inputs("text", InputBinding.Text($"text {i}")),
        });
        var connections = Enumerable.Range(0, Count - 1).Select(i => new Connection($"a{i}", "Done", $"a{i + 1}"));
        var definition = new WorkflowDefinition
        {
            Root = new ActivityNode { Type = "Elsa.Flowchart", Id = "f", Activities = [.. activities], Connections = [.. connections], Variables = [] },
        };

        var read = DefinitionJson.Parse(DefinitionJson.ToText(DefinitionJson.Write(definition)));

        read.Root.DescendantsAndSelf().Count().ShouldBe(Count + 1);
        _validator.Validate(read).ShouldBeEmpty();
    }

    [Fact]
    public void Ten_thousand_nameless_activities_get_ids()
    {
        var nameless = string.Join(',', Enumerable.Repeat("""{"type":"Acme.Say"}""", 10_000));

        var root = DefinitionJson.Parse($$"""{"root":{"type":"Elsa.Sequence","activities":[{{nameless}}]} }""").Root;

        root.Activities![^1].NodeId.ShouldBe("Workflow1:Sequence1:Say10000");
    }

    private bool TryRead(string text, string because)
    {
        WorkflowDefinition definition;
        try
        {
            definition = DefinitionJson.Parse(text);
        }
        catch (DefinitionFormatException e)
        {
            e.Message.ShouldNotBeNullOrWhiteSpace(because);
            return false;
        }

        _validator.Validate(definition).ShouldAllBe(fault => fault.Message.Length > 10, because);
        var written = DefinitionJson.ToText(DefinitionJson.Write(definition));
        JsonShape.Missing(JsonNode.Parse(text), JsonNode.Parse(written)).Where(IsLoss).ShouldBeEmpty(because + text);
        DefinitionJson.ToText(DefinitionJson.Write(DefinitionJson.Parse(written))).ShouldBe(written, because);
        return true;
    }

    /// <summary>The forms that are mended on purpose: older connections, and the server's own members.</summary>
    private static bool IsLoss(string path) =>
        !path.Contains(".connections", StringComparison.OrdinalIgnoreCase) && !path.StartsWith("$.links", StringComparison.OrdinalIgnoreCase);

    private static string Nested(int depth)
    {
        var text = new StringBuilder("""{"root":""");
        for (var i = 0; i < depth; i++)
        {
            text.Append("""{"type":"Elsa.Sequence","activities":[""");
        }

        text.Append("""{"type":"Acme.Say"}""");
        return text.Append(string.Concat(Enumerable.Repeat("]}", depth))).Append('}').ToString();
    }
}
