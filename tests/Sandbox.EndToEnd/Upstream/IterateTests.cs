using Sandbox.EndToEnd.Commands;
using Sandbox.Testing;

namespace Sandbox.EndToEnd.Upstream;

public sealed class IterateTests
{
    private const string Runs = "upstream-runs/data-juicer";

    [ReferenceFact($"{Runs}/sandbox/iterate.yaml")]
    public async Task Iterate_comes_out_as_upstream_wrote_it()
    {
        using var site = new Site();
        site.CopyReference($"{Runs}/sandbox", "sandbox");
        site.CopyReference($"{Runs}/inputs/predictions.jsonl", "inputs/predictions.jsonl");

        var end = (await site.RunAsync("run", "sandbox/iterate.yaml")).Succeeded();

        site.Files("out/sandbox-iterate").ShouldBe(
            ["context_infos.json", "data/iter_1/kept.jsonl", "data/iter_2/kept.jsonl", "data/iter_3/kept.jsonl"]);
        JsonComparison.Differences(
            Expected("context_infos.json").Replace("RUN_DIR", site.Root, StringComparison.Ordinal),
            site.Read("out/sandbox-iterate/context_infos.json")).ShouldBeEmpty();
        foreach (var iteration in (int[])[1, 2, 3])
        {
            var file = FormattableString.Invariant($"data/iter_{iteration}/kept.jsonl");
            JsonComparison.RowDifferences(
                Expected(file).Split('\n', StringSplitOptions.RemoveEmptyEntries), site.ReadLines($"out/sandbox-iterate/{file}")).ShouldBeEmpty();
        }

        end.Output.ShouldContain("#3 halve / evaluate / hits finished");
        end.Output.ShouldNotContain("#4 ");
    }

    private static string Expected(string file) => File.ReadAllText(Reference.Find($"{Runs}/out/sandbox-iterate/{file}")!);
}
