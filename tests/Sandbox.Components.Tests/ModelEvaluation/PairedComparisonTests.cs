using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Tests.ModelEvaluation;

public sealed class PairedComparisonTests
{
    [Theory]
    [InlineData("""{"refined":[1,2],"raw":[1]}""", "same length")]
    [InlineData("""{"refined":[1,2]}""", "two lists")]
    [InlineData("""{"refined":[1,"x"],"raw":[1,2]}""", "numbers only")]
    [InlineData("""{"raw":[1],"subset":[2]}""", "is no group")]
    public void Groups_that_cannot_be_compared_are_refused(string groups, string message) =>
        Check(groups).ShouldContain(f => f.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void Groups_of_the_same_length_are_accepted() => Check("""{"refined":[1,2],"raw":[3,4]}""").ShouldBeEmpty();

    private static List<OptionFault> Check(string groups)
    {
        var faults = new List<OptionFault>();
        BuiltIn.Components(new Components.Programs.ProgramHost(TimeProvider.System)).Check(
            "ModelEvaluatorFactory",
            new JsonObject
            {
                ["type"] = "paired_comparison",
                ["metric"] = "perplexity",
                ["candidate"] = "refined",
                ["groups"] = JsonNode.Parse(groups),
            },
            faults);
        return faults;
    }
}
