using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Cli.CommandLine;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Cli.Display;

/// <summary>Prints sweeps and trials.</summary>
internal static class SweepDisplay
{
    public static void Show(SweepView sweep, CliConsole console, bool json)
    {
        if (json)
        {
            console.Json(new { kind = "sweep", id = sweep.Run.Id, state = sweep.Run.State, seed = sweep.Seed, stopped = sweep.IsStopped, best = sweep.Best, front = sweep.Front, trials = sweep.Trials.Count });
            foreach (var trial in sweep.Trials)
            {
                ShowTrial(trial, console, json);
            }

            return;
        }

        var states = string.Join(", ", sweep.Trials.CountBy(t => t.State).Select(p => FormattableString.Invariant($"{p.Value} {p.Key}")));
        console.Output.WriteLine(FormattableString.Invariant(
            $"Sweep {sweep.Run.Id}: {sweep.Run.State}, {sweep.Config.Method.ToString().ToLowerInvariant()}, seed {sweep.Seed}, {sweep.Trials.Count} trial(s){(states.Length > 0 ? $": {states}" : string.Empty)}{(sweep.IsStopped ? ", stopped" : string.Empty)}"));
        var metrics = sweep.Config.Metrics.Select(m => m.Name).ToList();
        var table = new TextTable(["trial", "state", .. metrics, "run", "parameters"]);
        foreach (var trial in sweep.Trials)
        {
            var isBest = sweep.Config.Metrics.Count > 1 ? sweep.Front.Contains(trial.Number) : trial.Number == sweep.Best;
            table.Row(
            [
                FormattableString.Invariant($"{trial.Number}{(isBest ? " *" : string.Empty)}"), trial.State,
                .. metrics.Select(m => (Cell)Number(trial.Values[m])), trial.RunId,
                trial.Problem is null ? Parameters(trial.Parameters) : $"{Parameters(trial.Parameters)} ({trial.Problem})",
            ]);
        }

        table.Write(console);
    }

    public static void ShowTrial(TrialView trial, CliConsole console, bool json)
    {
        if (json)
        {
            console.Json(new { kind = "trial", trial = trial.Number, run = trial.RunId, state = trial.State, values = trial.Values, parameters = trial.Parameters, problem = trial.Problem });
            return;
        }

        console.Output.WriteLine(FormattableString.Invariant($"Trial {trial.Number}, run {trial.RunId}, {trial.State}"));
        foreach (var (name, value) in trial.Values)
        {
            console.Output.WriteLine($"  {name}: {Number(value)}");
        }

        foreach (var (name, value) in trial.Parameters)
        {
            console.Output.WriteLine($"  {name} = {value?.ToJsonString() ?? "null"}");
        }
    }

    private static string Parameters(JsonObject parameters) =>
        string.Join(", ", parameters.Select(p => $"{p.Key}={p.Value?.ToJsonString() ?? "null"}"));

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "-";
}
