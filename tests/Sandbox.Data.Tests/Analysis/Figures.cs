using System.Text.Json.Nodes;
using Sandbox.Data.Tests.Execution;

namespace Sandbox.Data.Tests.Analysis;

public sealed class Figures
{
    private const string Recipe = """
        dataset_path: in.jsonl
        export_path: out/result.jsonl
        breakdown_by: [meta.kind, lang]
        process:
        - text_length_filter:
        - words_num_filter:
        - specified_field_filter: {field_key: label}
        """;

    [Fact]
    public async Task Histogram_box_correlation_and_breakdown_are_those_of_the_numbers()
    {
        using var files = new TestFiles();
        var random = new Random(5);
        var lengths = Enumerable.Range(0, 2500).Select(i => i == 7 ? 5000 : random.Next(1, 200)).ToList();
        files.Write("in.jsonl", string.Join('\n', lengths.Select((n, i) => $"{{\"text\":\"{new string('x', n)}{(i % 2 == 0 ? " y" : "")}\",\"label\":\"{(char)('a' + i % 3)}\",\"meta\":{{\"kind\":\"k{i % 2}\"}}}}")));

        var result = await Run.AnalyzeAsync(files, Recipe);

        var values = lengths.Select((n, i) => (double)(n + (i % 2 == 0 ? 2 : 0))).ToList();
        var json = JsonNode.Parse(await File.ReadAllTextAsync(files.ResolveRead("out/analysis/figures.json")))!;
        CheckHistogram(json["columns"]!["text_len"]!["histogram"]!, values);
        CheckBox(json["columns"]!["text_len"]!["box"]!, values);
        json["columns"]!["label"]!["values"]!.AsArray().Select(v => (int)v!["count"]!).ShouldBe([834, 833, 833]);

        var words = lengths.Select((_, i) => i % 2 == 0 ? 2.0 : 1.0).ToList();
        ((double)json["correlation"]!["matrix"]![1]![0]!).ShouldBe(Pearson(values, words), 1e-12);
        ((double)json["correlation"]!["matrix"]![0]![0]!).ShouldBe(1, 1e-12);
        var group = json["breakdown"]!["meta.kind"]![0]!;
        ((string)group["value"]!).ShouldBe("k0");
        ((double)group["statistics"]!["text_len"]!["mean"]!).ShouldBe(values.Where((_, i) => i % 2 == 0).Average(), 1e-9);
        files.Lines("out/analysis/breakdown-meta.kind.csv").Length.ShouldBe(5);
        files.Lines("out/analysis/correlation.csv")[0].ShouldBe(",num_words,text_len");
        var page = await File.ReadAllTextAsync(files.ResolveRead(result.ReportPath));
        page.ShouldContain("<svg");
        page.ShouldContain("By meta.kind");
    }

    private static void CheckHistogram(JsonNode histogram, List<double> values)
    {
        var counts = histogram["counts"]!.AsArray().Select(c => (long)c!).ToList();
        counts.Count.ShouldBe(50);
        counts.Sum().ShouldBe(values.Count);
        var width = (values.Max() - values.Min()) / 50;
        counts[0].ShouldBe(values.Count(v => v < values.Min() + width));
        counts[^1].ShouldBe(1);
    }

    private static void CheckBox(JsonNode box, List<double> values)
    {
        var sorted = values.Order().ToList();
        double Quantile(double share)
        {
            var place = (sorted.Count - 1) * share;
            var low = (int)Math.Floor(place);
            return sorted[low] + ((sorted[(int)Math.Ceiling(place)] - sorted[low]) * (place - low));
        }

        var (q1, q3) = (Quantile(0.25), Quantile(0.75));
        ((double)box["q1"]!).ShouldBe(q1, 1e-12);
        ((double)box["median"]!).ShouldBe(Quantile(0.5), 1e-12);
        ((double)box["high_whisker"]!).ShouldBe(sorted.Last(v => v <= q3 + (1.5 * (q3 - q1))));
        ((long)box["outliers"]!).ShouldBe(1);
    }

    private static double Pearson(List<double> x, List<double> y)
    {
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y).Sum(p => (p.First - mx) * (p.Second - my))
            / Math.Sqrt(x.Sum(v => (v - mx) * (v - mx)) * y.Sum(v => (v - my) * (v - my)));
    }
}
