using System.Diagnostics;

namespace Sandbox.Testing.Kill;

/// <summary>Kills the orchestrator with -9 while it trains, at seeded moments from its start on, and resumes until the
/// training ends.</summary>
/// <param name="sandbox">The command, <c>sandbox.dll</c>.</param>
/// <param name="time">The clock of the moments.</param>
internal sealed class TrainingKills(string sandbox, TimeProvider time)
{
    private const int KillsPerRun = 5;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    /// <summary>Kills so many processes, a few a run.</summary>
    public async Task<KillOutcome> RunAsync(int kills, int seed, Action<string> tell, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var (done, runs, met) = (0, 0, 0);
        var faults = new List<string>();
        while (done < kills)
        {
            using var site = TrainingSite.Create(sandbox);
            for (var i = 0; i < KillsPerRun && done < kills; i++, done++)
            {
                met += await KillAsync(site, Moment(random), cancellationToken) ? 1 : 0;
            }

            site.Suffice();
            await FinishAsync(site, cancellationToken);
            faults.AddRange(await site.FaultsAsync(cancellationToken));
            tell(FormattableString.Invariant($"run {++runs}: {done} kills in all, {met} while the program ran, {site.Steps} steps, {faults.Count} faults"));
        }

        return new KillOutcome(done, runs, runs, faults);
    }

    // Half of the moments stand around the start of the program, which comes within the first second or so.
    private static (bool WaitsForStart, TimeSpan Wait) Moment(Random random) => random.Next(2) == 0
        ? (true, TimeSpan.FromMilliseconds(random.Next(0, 250)))
        : (false, Span * random.NextDouble());

    // Whether the program had begun by then: a kill before that proves less.
    private async Task<bool> KillAsync(TrainingSite site, (bool WaitsForStart, TimeSpan Wait) moment, CancellationToken cancellationToken)
    {
        using var process = await StartAsync(site, cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        if (moment.WaitsForStart)
        {
            // The line that tells that the job started stands just before the program does.
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line && !line.Contains("started", StringComparison.Ordinal))
            {
                continue;
            }
        }

        await Task.Delay(moment.Wait, time, cancellationToken);

        // The process alone: what it started is to live on.
        process.Kill(entireProcessTree: false);
        var hadBegun = site.Starts.Count > 0;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode is not (137 or 0))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"The command ended with {process.ExitCode}: {await errors}"));
        }

        return hadBegun;
    }

    private static async Task<Process> StartAsync(TrainingSite site, CancellationToken cancellationToken)
    {
        var id = await RunLedger.FindRunAsync(site.Home, cancellationToken);
        return id is null ? site.Start("run", TrainingSite.Config) : site.Start("resume", id);
    }

    private static async Task FinishAsync(TrainingSite site, CancellationToken cancellationToken)
    {
        using var process = await StartAsync(site, cancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"The command ended with exit code {process.ExitCode}.\n{await output}\n{errors}"));
        }
    }
}
