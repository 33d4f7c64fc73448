using System.CommandLine;
using Sandbox.Cli.CommandLine;
using Sandbox.Cli.Display;

namespace Sandbox.Cli.Commands;

/// <summary><c>sandbox backup</c> and <c>sandbox restore</c>: the home's database, while it is in use.</summary>
internal static class BackupCommands
{
    public static Command BuildBackup(CliConsole console)
    {
        var file = new Argument<string?>("file") { Description = "Where to write; by default the home's directory backups.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json();
        var command = new Command("backup", "Write a copy of the home's database; runs go on.") { file, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.OpenExisting();
            var path = await session.Backups.TakeAsync(parsed.GetValue(file), cancellationToken);
            Tell(console, parsed.GetValue(json), path);
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command BuildRestore(CliConsole console)
    {
        var file = new Argument<string>("file") { Description = "A backup." };
        var json = CommonOptions.Json();
        var command = new Command("restore", "Put a backup in the place of the home's database; no run may be worked meanwhile.") { file, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = CliSession.Open();
            var kept = await session.Backups.RestoreAsync(parsed.GetValue(file)!, cancellationToken);
            Tell(console, parsed.GetValue(json), kept);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Tell(CliConsole console, bool json, string path)
    {
        if (json)
        {
            console.Json(new { backup = path });
        }
        else
        {
            console.Output.WriteLine(path);
        }
    }
}
