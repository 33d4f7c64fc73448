using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Workflows;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox run CONFIG</c>: checks, compiles, runs and reports.</summary>
internal static class RunCommand
{
    public static Command Build(CliConsole console)
    {
        var (config, option, json) = (CommonOptions.Config(), CommonOptions.ConfigOption(), CommonOptions.Json());
        var command = new Command(
            "run",
            "Run a sandbox. Any setting may be overridden behind the config, as in: "
            + "sandbox run sandbox.yaml --max_iter_num 3 --pipeline_1.process.dj_configs.np 4")
        {
            config, option, json,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => RunAsync(
            CommonOptions.ConfigOf(parsed, config, option), CommonOptions.OverridesOf(parsed, config), console, parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string path, IReadOnlyList<string> overrides, CliConsole console, bool json, CancellationToken cancellationToken)
    {
        var request = new RunRequest(path, overrides, Environment.CurrentDirectory);
        var check = SandboxServices.ConfigCheck().Check(request);
        FaultDisplay.ShowFaults(check.Faults, console, json);
        if (!check.IsValid)
        {
            return ExitCodes.BadUsage;
        }

        await using var session = CliSession.Open();
        var environment = await RunEnvironment.DescribeAsync(request.CurrentDirectory, cancellationToken);
        var started = await session.Runs.StartAsync(request, check, environment, cancellationToken);
        FaultDisplay.ShowFaults(started.Warnings, console, json);
        Announce(started, check.Config!.Path, console, json);
        return await RunWork.WorkAsync(session, started.RunId, console, json, cancellationToken);
    }

    private static void Announce(StartedRun started, string config, CliConsole console, bool json)
    {
        if (json)
        {
            console.Json(new { kind = "run", id = started.RunId, resumed = started.IsResumed });
            return;
        }

        console.Output.WriteLine($"{(started.IsResumed ? "Resuming" : "Run")} {started.RunId} of {config}");
        if (started.EditedSince is { } version)
        {
            console.Error.WriteLine(FormattableString.Invariant(
                $"Somebody edited this workflow (version {version}); the YAML's own version runs. ") +
                $"To take the edit into the YAML: sandbox export {started.DefinitionId} -o {config}");
        }
    }
}
