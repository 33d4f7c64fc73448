using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Sandbox.Workflows.Reports;
using Sandbox.Workflows.Reports.Distributions;
using Sandbox.Workflows.Reports.Sweeps;

namespace Sandbox.Workflows.Tests.Reports;

public sealed class HtmlReportTests
{
    private const string Hostile = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&]]>\0\u001b\u0085";

    [Fact]
    public void Nothing_that_a_name_holds_becomes_markup()
    {
        var html = HtmlReport.Render(Everything(Hostile));

        html.ShouldNotContain("<script");
        html.ShouldNotContain("<img");
        html.ShouldNotContain("\0");
        html.ShouldNotContain("\u001b");
        var document = Parse(html);
        document.QuerySelectorAll("script, img, iframe, object, link, base").ShouldBeEmpty();
        document.All.SelectMany(e => e.Attributes).ShouldNotContain(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        document.QuerySelector("h1")!.TextContent.ShouldContain("<script>alert(1)</script>");
    }

    [Fact]
    public void The_markup_is_the_same_whatever_the_names_are() =>
        Shape(Parse(HtmlReport.Render(Everything(Hostile)))).ShouldBe(Shape(Parse(HtmlReport.Render(Everything("plain")))));

    [Fact]
    public void The_file_needs_no_network_and_no_script()
    {
        var document = Parse(HtmlReport.Render(Everything("x")));

        document.All.SelectMany(e => e.Attributes).Where(a => a.Name is "src" or "href" or "data" or "action" or "xlink:href")
            .ShouldAllBe(a => a.Value.StartsWith('#'));
        document.QuerySelector("style")!.TextContent.ShouldNotContain("url(");
        document.QuerySelector("style")!.TextContent.ShouldNotContain("@import");
        document.QuerySelector("meta[http-equiv]")!.GetAttribute("content")!.ShouldContain("default-src 'none'");
    }

    [Fact]
    public void Every_drawing_has_a_title_and_every_reference_leads_somewhere()
    {
        var document = Parse(HtmlReport.Render(Everything("x")));

        var ids = document.All.Select(e => e.Id).Where(id => id is { Length: > 0 }).ToList();
        ids.Distinct().Count().ShouldBe(ids.Count);
        var drawings = document.QuerySelectorAll("svg[role=img]");
        drawings.ShouldNotBeEmpty();
        drawings.ShouldAllBe(s => s.GetAttribute("aria-labelledby")!.Split(' ', StringSplitOptions.None).All(ids.Contains));
        document.QuerySelectorAll("svg").ShouldAllBe(s => s.HasAttribute("aria-labelledby") || s.GetAttribute("aria-hidden") == "true");
        document.QuerySelectorAll("nav a").Select(a => a.GetAttribute("href")![1..]).ShouldBe(document.QuerySelectorAll("section").Select(s => s.Id!));
    }

    [Fact]
    public void Empty_parts_are_left_out()
    {
        var document = Parse(HtmlReport.Render(new RunReport
        {
            RunId = "r", Name = "n", State = "running", StartedAt = Moment, MadeAt = Moment, Version = "1",
        }));

        document.QuerySelectorAll("section, .callout").ShouldBeEmpty();
        document.QuerySelector("h1")!.TextContent.ShouldContain("running");
    }

    [Fact]
    public void What_the_run_found_is_in_the_report()
    {
        var text = Parse(HtmlReport.Render(Everything("x"))).Body!.TextContent;

        text.ShouldContain("0.6");
        text.ShouldContain("mean − 3 std");
        text.ShouldContain("1,234");
        text.ShouldContain("iteration 2");
        text.ShouldContain("attempt 3");
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes() =>
        HtmlReport.Render(Everything("x")).ShouldBe(HtmlReport.Render(Everything("x")));

    [Fact]
    public async Task The_file_appears_whole()
    {
        var directory = Directory.CreateTempSubdirectory("report-").FullName;
        var path = Path.Combine(directory, "deep", "report.html");

        await HtmlReport.WriteAsync(path, Everything("é"), CancellationToken.None);

        (await File.ReadAllTextAsync(path)).ShouldBe(HtmlReport.Render(Everything("é")));
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldHaveSingleItem();
        Directory.Delete(directory, recursive: true);
    }

    private static readonly DateTimeOffset Moment = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static string Shape(IDocument document) => string.Join(' ', document.All.Select(e => e.LocalName));

    /// <summary>A report in which every text is the one given.</summary>
    private static RunReport Everything(string text)
    {
        var summary = new StatisticSummary(10, 1, double.NaN, 2, double.NegativeInfinity, 4);
        var table = new ReportTable(text, [text, text, text], [[text, 1234d, new ReportCell { Number = 0.5, IsBest = true }], [text, double.NaN, text]]) { Note = text };
        var job = new ReportJob { Stage = text, Name = text, Hook = text, State = text, Attempt = 3, Note = text, StartedAt = Moment, EndedAt = Moment.AddSeconds(3) };
        return new RunReport
        {
            RunId = text,
            Name = text,
            State = text,
            StartedAt = Moment,
            EndedAt = Moment.AddMinutes(61),
            MadeAt = Moment.AddMinutes(62),
            Version = text,
            Config = text,
            Failure = text,
            Warnings = [text],
            Summary = [table],
            Sweep = new SweepReport(
                text, [new ReportMetric(text, true), new ReportMetric(text, false)], [new ReportAxis(text, [(0.1, text), (0.9, text)])],
                [
                    new ReportTrial(0, "finished", [1, 2], [0.5], [text]) { IsBest = true, RunId = text },
                    new ReportTrial(1, "failed", [null, double.NaN], [null], [null]) { Problem = text },
                    new ReportTrial(2, "stopped", [3, 1], [1], [text]),
                ])
            { Importance = [new ReportImportance(text, 0.5, -1)] },
            Pipelines = [new ReportPipeline(text, 1, [job, job with { State = "failed" }]), new ReportPipeline(text, 2, [job with { StartedAt = null, EndedAt = null, Note = null }])],
            Distributions =
            [
                new DistributionGroup(text, text, text,
                [
                    new Histogram(text, summary, summary, [0, 1, 2], [3, 4], [1, 0]) { Above = 2, Below = 1 },
                    new CategoryCounts(text, summary, summary, [new CategoryCount(text, 3, 0)], 4),
                    new CategoryCounts(text, summary, null, [], 0),
                ])
                { BrokenLines = 2 },
            ],
            Changes = [new RecipeChanges(text, [new RecipeChange(text, text, 0.6, double.PositiveInfinity, "mean − 3 std"), new RecipeChange(text, text, null, 1, text)]), new RecipeChanges(text, [])],
            Curves =
            [
                new CurveChart(text, text, text, [new CurveSeries(text, [new CurvePoint(0, 1), new CurvePoint(1, double.NaN), new CurvePoint(2, 3)]), new CurveSeries(text, [])]),
                new CurveChart(text, text, text, [new CurveSeries(text, [new CurvePoint(double.NaN, 1)])]),
            ],
            Evaluations = [table],
            Configurations = [new ReportText(text, text)],
            Environment = [new(text, text)],
        };
    }
}
