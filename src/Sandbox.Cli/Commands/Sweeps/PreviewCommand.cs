using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Cli.Commands.Sweeps;

/// <summary><c>sandbox sweep preview CONFIG -n 20</c>: what a sweep would try, as a table and drawn.</summary>
internal static class PreviewCommand
{
    private const int UsualCount = 20;

    public static Command Build(CliConsole console)
    {
        var config = new Argument<string>("config") { Description = "The sweep, or a sandbox YAML with hpo_config." };
        var count = new Option<int>("-n", "--trials") { Description = "How many trials.", DefaultValueFactory = _ => UsualCount };
        count.Validators.Add(r =>
        {
            if (r.Tokens is [{ Value: var text }] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1))
            {
                r.AddError("-n takes a number from 1.");
            }
        });
        var (seed, json) = (SweepCommand.Seed(), CommonOptions.Json());
        var command = new Command("preview", "Show what a sweep would try first.") { config, count, seed, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sweep = SweepFiles.Read(parsed.GetRequiredValue(config));
            var study = new Study(sweep, parsed.GetValue(seed) ?? sweep.Seed ?? 0, [], await WarmStart.ReadAsync(sweep, cancellationToken));
            while (study.Trials.Count < parsed.GetValue(count) && study.Ask() is not null)
            {
            }

            Show(study, console, parsed.GetValue(json));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(Study study, CliConsole console, bool json)
    {
        if (json)
        {
            foreach (var trial in study.Trials)
            {
                console.Json(new { trial = trial.Number, parameters = trial.Parameters });
            }

            return;
        }

        var rows = study.Trials.Select(t => Flat(t.Parameters)).ToList();
        var names = rows.SelectMany(r => r.Keys).Distinct(StringComparer.Ordinal).ToList();
        var table = new TextTable(["trial", .. names]);
        for (var i = 0; i < rows.Count; i++)
        {
            table.Row([FormattableString.Invariant($"{i}"), .. names.Select(n => (Cell)Text(rows[i], n))]);
        }

        table.Write(console);
        console.Output.WriteLine();
        foreach (var name in names)
        {
            console.Output.WriteLine(ValueStrip.Draw(name, names.Max(n => n.Length), [.. rows.Where(r => r.ContainsKey(name)).Select(r => r[name])]));
        }

        if (study.Config.Method is SweepMethod.Bayes or SweepMethod.Tpe)
        {
            console.Output.WriteLine();
            console.Output.WriteLine("The search learns from results: only the first trials are as here.");
        }
    }

    private static string Text(Dictionary<string, JsonNode?> row, string name) =>
        row.TryGetValue(name, out var value) ? value is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : value?.ToJsonString() ?? "null" : "-";

    private static Dictionary<string, JsonNode?> Flat(JsonObject parameters, string prefix = "") => parameters
        .SelectMany(p => p.Value is JsonObject group ? Flat(group, prefix + p.Key + ".") : new() { [prefix + p.Key] = p.Value })
        .ToDictionary(StringComparer.Ordinal);
}
