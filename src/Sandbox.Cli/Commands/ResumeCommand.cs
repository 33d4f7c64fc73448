using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;
using Sandbox.Core.Faults;
using Sandbox.Workflows;
using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox resume RUN</c>: takes up a run that stopped, was paused or was killed.</summary>
internal static class ResumeCommand
{
    public static Command Build(CliConsole console)
    {
        var (run, json) = (CommonOptions.Run(), CommonOptions.Json());
        var config = new Option<string?>("--config")
        {
            Description = "The mended config: finished jobs count as long as their resolved config and inputs are unchanged.",
        };
        var takeOver = new Option<bool>("--take-over") { Description = "Take it from a node that does not come back: programs that ran there are started again here." };
        var command = new Command("resume", "Take up a run that stopped, was paused or was killed.") { run, config, takeOver, json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RefuseStray(parsed, parsed.GetValue(config));
            await using var session = CliSession.OpenExisting();
            var found = await session.Queries.GetAsync(parsed.GetValue(run)!, cancellationToken);
            if (parsed.GetValue(takeOver))
            {
                await session.Runs.TakeOverAsync(found.Id, cancellationToken);
            }

            if (parsed.GetValue(config) is { } path)
            {
                var request = new RunRequest(path, parsed.UnmatchedTokens, found.CurrentDirectory);
                var check = SandboxServices.ConfigCheck().Check(request);
                FaultDisplay.ShowFaults(check.Faults, console, parsed.GetValue(json));
                if (!check.IsValid)
                {
                    return ExitCodes.BadUsage;
                }

                var environment = await RunEnvironment.DescribeAsync(request.CurrentDirectory, cancellationToken);
                await session.Runs.MendAsync(found.Id, request, check, environment, cancellationToken);
            }

            return await RunWork.WorkAsync(session, found.Id, console, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static void RefuseStray(ParseResult parsed, string? config)
    {
        UsageErrors.RefuseTypos(parsed, parsed.UnmatchedTokens, []);
        if (config is null && parsed.UnmatchedTokens.Count > 0)
        {
            throw new FaultException(
                $"\"{parsed.UnmatchedTokens[0]}\" overrides a config, but no config is given: name the mended one with --config.");
        }
    }
}
