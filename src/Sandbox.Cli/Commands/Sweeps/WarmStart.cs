using Sandbox.Cli.CommandLine;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;
using Sandbox.Workflows.Sweeps;

namespace Sandbox.Cli.Commands.Sweeps;

/// <summary>What a sweep that is not run here learns from: files alone need no home.</summary>
internal static class WarmStart
{
    public static async Task<IReadOnlyList<SweepTrial>> ReadAsync(SweepConfig sweep, CancellationToken cancellationToken)
    {
        var sweeps = WarmStarts.Sweeps(sweep, Environment.CurrentDirectory);
        if (sweeps.Count == 0)
        {
            return WarmStarts.ReadFiles(sweep, Environment.CurrentDirectory);
        }

        if (!CliSession.HasHome)
        {
            throw new FaultException($"warm_start: \"{sweeps[0]}\" is no file (looked for {Path.GetFullPath(sweeps[0])}), and nothing has run in this home that could be meant.");
        }

        await using var session = CliSession.OpenExisting();
        return await session.WarmStarts.ReadAsync(sweep, Environment.CurrentDirectory, cancellationToken);
    }
}
