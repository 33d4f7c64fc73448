using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;

namespace Sandbox.Core.Tests.Recipes;

public sealed class RecipeReading
{
    [Fact]
    public void Operators_keep_their_order_and_arguments()
    {
        var recipe = Parse("""{"dataset_path":"a.jsonl","process":[{"text_length_filter":{"max_len":9,"min_len":2}},{"clean_email_mapper":null},"document_deduplicator"]}""");

        recipe.Process.Select(o => o.Name).ShouldBe(["text_length_filter", "clean_email_mapper", "document_deduplicator"]);
        recipe.Process[0].Arguments.Select(a => a.Key).ShouldBe(["max_len", "min_len"]);
        recipe.Process[0].Key.ShouldBe("process[0].text_length_filter");
        recipe.Settings.SkipOpError.ShouldBeTrue();
        recipe.Settings.MaxBadRows.ShouldBe(0);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = new List<OptionFault>();
        Recipe.Parse((JsonObject)JsonNode.Parse("""{"nproc":3,"np":"many","percentiles":[2],"process":[{"a":1,"b":2},{"c":3}],"dataset":{"configs":[1]}}""")!, faults);

        faults.Select(f => f.Key).ShouldBe(["nproc", "np", "percentiles", "dataset.configs[0]", "process[0]", "process[1].c"], ignoreOrder: true);
        Should.Throw<FaultException>(() => Parse("""{"dataset_pth":"x"}""")).Message.ShouldContain("Did you mean \"dataset_path\"");
    }

    [Fact]
    public void Keys_of_the_Python_engine_are_named_as_ignored() =>
        Parse("""{"ray_address":"auto","use_cache":true,"turbo":null,"process":[]}""").IgnoredKeys.ShouldBe(["ray_address", "use_cache"]);

    [Fact]
    public void Written_yaml_keeps_the_order_of_keys_and_numbers_that_any_reader_takes_for_numbers()
    {
        var recipe = Parse("""{"export_path":"b.jsonl","dataset_path":"a.jsonl","process":[{"text_length_filter":{"min_len":1E-05,"max_len":1.5e30}}]}""");

        recipe.With("np", 2).ToYaml().ShouldBe("export_path: b.jsonl\ndataset_path: a.jsonl\nprocess:\n- text_length_filter:\n    min_len: 1.0e-05\n    max_len: 1.5e+30\nnp: 2\n");
    }

    private static Recipe Parse(string json) => Recipe.Parse((JsonObject)JsonNode.Parse(json)!);
}
