using Sandbox.Cli.CommandLine;

return await CliApp.RunAsync(args, CliConsole.OfProcess());
