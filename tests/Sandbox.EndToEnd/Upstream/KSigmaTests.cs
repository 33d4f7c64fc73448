using Sandbox.EndToEnd.Commands;
using Sandbox.Testing;

namespace Sandbox.EndToEnd.Upstream;

public sealed class KSigmaTests
{
    private const string Runs = "upstream-runs/data-juicer";
    private const string Out = "out/sandbox-k-sigma";

    [ReferenceFact($"{Runs}/sandbox/k-sigma.yaml")]
    public async Task The_refined_recipe_and_the_layout_are_upstreams()
    {
        using var site = await RunAsync();

        // An analysis has more here than upstream's: figures for drawing, a page, a correlation, a breakdown by language.
        string[] ours =
        [
            "data/analysis/breakdown-lang.csv", "data/analysis/correlation.csv", "data/analysis/figures.json",
            "data/analysis/report.html",
        ];
        site.Files(Out).Except(ours, StringComparer.Ordinal).ShouldBe(
        [
            "context_infos.json", "data/analysis/overall.csv", "data/analysis/overall.md", "data/iter_1/result.jsonl",
            "data/iter_1/result_stats.jsonl", "k_sigma_new_recipe.yaml",
        ]);
        var refined = Figures(site.ReadLines($"{Out}/k_sigma_new_recipe.yaml"));
        var expected = Figures(File.ReadAllLines(Expected("k_sigma_new_recipe.yaml")));
        refined.Keys.Order(StringComparer.Ordinal).ShouldBe(expected.Keys.Order(StringComparer.Ordinal));
        refined.Keys.ShouldAllBe(key => JsonComparison.AreClose(expected[key], refined[key]));
        JsonComparison.Differences(
            File.ReadAllText(Expected("context_infos.json")).Replace("RUN_DIR", site.Root, StringComparison.Ordinal),
            site.Read($"{Out}/context_infos.json")).ShouldBeEmpty();
    }

    [ReferenceFact($"{Runs}/sandbox/k-sigma.yaml")]
    public async Task Jobs_that_export_the_same_path_keep_their_copies_and_the_last_one_shows()
    {
        using var site = await RunAsync();
        var run = await site.NewestAsync();

        var stats = run.Jobs.Where(job => job["stage"]!.ToString() != "refine")
            .Select(job => site.Copy(run.Id, job, $"{Out}/data/iter_1/result_stats.jsonl")).ToList();

        stats.Select(file => File.ReadLines(file).Count()).Distinct().Count().ShouldBe(2, "before and after");
        File.ReadLines(stats[0]).Count().ShouldBe(833);
        site.Read($"{Out}/data/iter_1/result_stats.jsonl").ShouldBe(File.ReadAllText(stats[2]));
        var tables = run.Jobs.Where(job => job["hook"]!.ToString() == "ProbeViaAnalyzerHook")
            .Select(job => File.ReadAllText(site.Copy(run.Id, job, $"{Out}/data/analysis/overall.csv"))).ToList();
        tables.Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        site.Read($"{Out}/data/analysis/overall.csv").ShouldBe(tables[1]);
    }

    private static async Task<Site> RunAsync()
    {
        var site = new Site();
        site.CopyReference($"{Runs}/sandbox", "sandbox");
        site.CopyReference($"{Runs}/inputs/sotu.jsonl", "inputs/sotu.jsonl");
        (await site.RunAsync("run", "sandbox/k-sigma.yaml")).Succeeded();
        return site;
    }

    private static string Expected(string file) => Reference.Find($"{Runs}/{Out}/{file}")!;

    // "operator.parameter" and its figure, for recipes of one level of parameters.
    private static Dictionary<string, double> Figures(IEnumerable<string> lines)
    {
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        var name = string.Empty;
        foreach (var parts in lines.Select(line => line.Trim().TrimStart('-').Split(':', 2)))
        {
            if (double.TryParse(parts[^1], System.Globalization.CultureInfo.InvariantCulture, out var figure))
            {
                figures.Add($"{name}.{parts[0].Trim()}", figure);
            }
            else
            {
                name = parts[0].Trim();
            }
        }

        return figures;
    }
}
