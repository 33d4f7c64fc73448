using System.CommandLine;
using Sandbox.Cli.CommandLine;

namespace Sandbox.Cli.Commands.Sweeps;

/// <summary><c>sandbox sweep …</c>: searches for the best parameters.</summary>
internal static class SweepCommand
{
    public static Command Build(CliConsole console) => new("sweep", "Search for the best parameters.")
    {
        PreviewCommand.Build(console),
        AdviseCommand.Build(console),
        SweepStateCommands.BuildStatus(console),
        SweepStateCommands.BuildBest(console),
        SweepStateCommands.BuildStop(console),
        SweepStateCommands.BuildAdd(console),
    };

    /// <summary>The option of the seed.</summary>
    public static Option<long?> Seed() => new("--seed") { Description = "The same seed gives the same trials. Without it: the config's seed, else one that is drawn and told." };
}
