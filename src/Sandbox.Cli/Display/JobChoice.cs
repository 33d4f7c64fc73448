using Sandbox.Cli.CommandLine;
using Sandbox.Core.Faults;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>Chooses jobs of a run by id or meta name.</summary>
internal static class JobChoice
{
    /// <summary>The jobs meant; all without a filter.</summary>
    /// <exception cref="FaultException">There is no such job.</exception>
    public static IReadOnlyList<JobView> Of(RunView run, string? filter)
    {
        if (filter is null)
        {
            return run.Jobs;
        }

        var found = run.Jobs.Where(j => j.Id == filter || JobText.Name(j) == filter).ToList();
        return found.Count > 0
            ? found
            : throw new FaultException(
                $"Run {run.Id} has no job \"{filter}\".{Suggestion.For(filter, run.Jobs.Select(JobText.Name))} See: {ProgramName.Line($"show {run.Id}")}");
    }
}
