using System.CommandLine;
using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox show RUN</c>: a run with its jobs and their results.</summary>
internal static class ShowCommand
{
    public static Command Build(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var command = new Command("show", "Show a run with its jobs and their results.") { run, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.Open();
            var view = await session.Queries.GetAsync(parsed.GetValue(run)!, cancellationToken);
            if (parsed.GetValue(json))
            {
                console.Json(view);
                return ExitCodes.Done;
            }

            console.Output.WriteLine($"run      {view.Id}");
            console.Output.WriteLine($"name     {view.Name}");
            console.Output.WriteLine($"state    {view.State}{(view.Failure is null ? string.Empty : $": {view.Failure}")}");
            console.Output.WriteLine($"config   {view.Config}");
            console.Output.WriteLine($"in       {view.CurrentDirectory}");
            console.Output.WriteLine($"version  {view.DefinitionVersionId}");
            var table = Tables.Of("job", "iter", "pipeline", "stage", "name", "state", "attempt", "took", "results");
            foreach (var job in view.Jobs)
            {
                var took = job is { StartedAt: { } start, EndedAt: { } end } ? JobText.Duration(end - start) : string.Empty;
                table.Row(
                    job.Id,
                    job.Iteration.ToString(CultureInfo.InvariantCulture),
                    job.Pipeline,
                    job.Stage,
                    JobText.Name(job),
                    job.Origin is "reused" or "file" ? $"{job.State} ({job.Origin})" : job.State,
                    job.Attempt.ToString(CultureInfo.InvariantCulture),
                    took,
                    Short(job.Outputs?.ToJsonString() ?? job.Failure));
            }

            console.Ansi.Write(table);
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Short(string? text) => text is { Length: > 100 } ? text[..97] + "…" : text ?? string.Empty;
}
