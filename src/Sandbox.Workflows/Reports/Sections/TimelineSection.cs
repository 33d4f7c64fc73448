using System.Globalization;

namespace Sandbox.Workflows.Reports.Sections;

/// <summary>The pipelines: stages and jobs with state and duration, and bars over the time of the run.</summary>
internal static class TimelineSection
{
    public static void Add(Html html, RunReport report)
    {
        var scale = TimeScale.Of(report);
        html.Add($"<div class=\"scroll\"><table class=\"timeline\"><thead><tr><th scope=\"col\">Stage</th><th scope=\"col\">Job</th>");
        html.Add($"<th scope=\"col\" class=\"fit\">State</th><th scope=\"col\" class=\"number fit\">Took</th><th scope=\"col\" class=\"bars\">");
        scale.AddLabels(html);
        html.Add($"</th></tr></thead>");
        var iterates = report.Pipelines.Any(p => p.Iteration > 1);
        foreach (var pipeline in report.Pipelines)
        {
            AddPipeline(html, pipeline, scale, iterates);
        }

        html.Add($"</table></div>");
    }

    private static void AddPipeline(Html html, ReportPipeline pipeline, TimeScale scale, bool iterates)
    {
        html.Add($"<tbody><tr class=\"pipeline\"><th colspan=\"5\" scope=\"rowgroup\">{pipeline.Name}");
        html.Add($"{(iterates ? string.Create(CultureInfo.InvariantCulture, $" · iteration {pipeline.Iteration}") : string.Empty)}");
        AddFlow(html, pipeline);
        html.Add($"</th></tr>");
        var start = 0;
        while (start < pipeline.Jobs.Count)
        {
            var stage = pipeline.Jobs[start].Stage;
            var jobs = pipeline.Jobs.Skip(start).TakeWhile(j => j.Stage == stage).ToList();
            for (var i = 0; i < jobs.Count; i++)
            {
                AddJob(html, jobs[i], scale, i == 0 ? jobs.Count + jobs.Count(j => j.Note is not null) : 0);
            }

            start += jobs.Count;
        }

        html.Add($"</tbody>");
    }

    private static void AddFlow(Html html, ReportPipeline pipeline)
    {
        html.Add($"<span class=\"flow\">");
        var isFirst = true;
        foreach (var stage in pipeline.Jobs.GroupBy(j => j.Stage, StringComparer.Ordinal))
        {
            var state = stage.All(j => j.State == "finished") ? "finished" : stage.First(j => j.State != "finished").State;
            html.Add($"{(isFirst ? string.Empty : " → ")}<span class=\"stage {StateMark.Kind(state)}\">{stage.Key} <b>{stage.Count()}</b></span>");
            isFirst = false;
        }

        html.Add($"</span>");
    }

    private static void AddJob(Html html, ReportJob job, TimeScale scale, int rows)
    {
        html.Add($"<tr>");
        if (rows > 0)
        {
            html.Add($"<th scope=\"rowgroup\" rowspan=\"{rows}\" class=\"stage-name\">{job.Stage}</th>");
        }

        html.Add($"<td class=\"job\">{job.Name} <small>{job.Hook}</small></td><td class=\"fit\">");
        StateMark.Add(html, job.State);
        if (job.Attempt > 1)
        {
            html.Add($" <small>attempt {job.Attempt}</small>");
        }

        html.Add($"</td><td class=\"number fit\">{Took(job)}</td><td class=\"bars\">");
        scale.AddBar(html, job);
        html.Add($"</td></tr>");
        if (job.Note is { } note)
        {
            html.Add($"<tr><td colspan=\"4\" class=\"job-note {StateMark.Kind(job.State)}\">{note}</td></tr>");
        }
    }

    private static string Took(ReportJob job) =>
        job is { StartedAt: { } start, EndedAt: { } end } ? Figures.Show(end - start) : "–";
}
