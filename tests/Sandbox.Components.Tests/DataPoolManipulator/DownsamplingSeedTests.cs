using System.Text.Json.Nodes;
using Sandbox.Components.DataPoolManipulator;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Tests.DataPoolManipulator;

public sealed class DownsamplingSeedTests
{
    [Theory]
    [InlineData("{}", 42)]
    [InlineData("""{"seed":7}""", 7)]
    [InlineData("""{"seed":7,"shuffle_seed":9}""", 9)]
    public void The_documented_seed_counts_unless_shuffle_seed_is_given(string given, long expected)
    {
        var source = JsonNode.Parse(given)!.AsObject();
        source["dataset_path"] = "a.jsonl";
        source["export_path"] = "out";

        OptionsBinder.Bind<DataPoolDownsamplingOptions>(source).ChosenSeed.ShouldBe(expected);
    }
}
