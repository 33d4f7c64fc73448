using System.Globalization;
using Sandbox.Engine.Jobs;
using Sandbox.Optimization.Studies;

namespace Sandbox.Workflows.Sweeps;

/// <summary>Tells people how a sweep is getting on.</summary>
internal sealed class SweepTold(JobExecution job, TextWriter output)
{
    public Task LineAsync(string text) => output.WriteLineAsync(text);

    /// <summary>A trial has ended.</summary>
    public async Task TrialAsync(SweepTrial trial, string? problem, Study study)
    {
        var values = string.Join(", ", trial.Values.Select(v => v.ToString("G6", CultureInfo.InvariantCulture)));
        var best = study.Best is { } number ? string.Create(CultureInfo.InvariantCulture, $"; best: trial {number}") : string.Empty;
        var text = string.Create(
            CultureInfo.InvariantCulture, $"trial {trial.Number} {TrialJson.StateOf(trial.State)}{(problem is null ? $": {values}" : $" ({problem})")}{best}");
        await output.WriteLineAsync(text);
        job.Report(study.Config.MaxTrials is { } most ? (double)study.Trials.Count(t => t.State != TrialState.Running) / most : null, text);
    }
}
