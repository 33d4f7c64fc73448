namespace Sandbox.Testing.Kill;

/// <summary>What came of killing runs.</summary>
/// <param name="Kills">Processes that were killed.</param>
/// <param name="Runs">Runs that they belonged to; all of them finished in the end.</param>
/// <param name="Jobs">Attempts of jobs that were started, those cut short included.</param>
/// <param name="Faults">What was not as it must be; empty where all was.</param>
internal sealed record KillOutcome(int Kills, int Runs, int Jobs, IReadOnlyList<string> Faults);

/// <summary>Kills runs of a shipped config at seeded moments, resumes them, and compares with an undisturbed run.</summary>
/// <param name="sandbox">The command: an executable, or <c>sandbox.dll</c>.</param>
/// <param name="configs">The directory <c>configs</c> of the repository.</param>
/// <param name="config">The config, relative to the parent of <paramref name="configs"/>.</param>
/// <param name="time">The clock.</param>
internal sealed class KillTrial(string sandbox, string configs, string config, TimeProvider time)
{
    /// <summary>Kills so many processes, over as many runs as that takes.</summary>
    /// <param name="kills">How many.</param>
    /// <param name="seed">Seed of the moments.</param>
    /// <param name="tell">Hears of each run that finished.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<KillOutcome> RunAsync(int kills, int seed, Action<string> tell, CancellationToken cancellationToken)
    {
        using var undisturbed = DemoSite.Create(sandbox, configs);
        var begin = time.GetTimestamp();
        await new KilledRun(undisturbed, config, time).FinishAsync(Enumerable.Empty<KillMoment>().GetEnumerator(), cancellationToken);
        var span = time.GetElapsedTime(begin);
        tell(FormattableString.Invariant($"undisturbed: {span.TotalSeconds:0.0} s"));
        var (done, runs, jobs) = (0, 0, 0);
        var faults = new List<string>();
        var random = new Random(seed);
        while (done < kills)
        {
            var site = DemoSite.Create(sandbox, configs);
            var run = new KilledRun(site, config, time);
            using var moments = Enumerable.Range(0, kills - done).Select(_ => KillMoment.Next(random, span)).GetEnumerator();
            await run.FinishAsync(moments, cancellationToken);
            List<string> found =
            [
                .. await RunLedger.FaultsAsync(run, site, cancellationToken), .. SiteComparison.Differences(undisturbed, site),
            ];
            (done, runs, jobs) = (done + run.Kills, runs + 1, jobs + RunLedger.CountStarts(site));
            tell(FormattableString.Invariant($"run {runs}: {run.Kills} kills, {done} of {kills} in all, {found.Count} faults"));
            if (found.Count == 0)
            {
                site.Dispose();
                continue;
            }

            faults.AddRange(found.Select(fault => $"{site.Root}: {fault}"));
        }

        return new KillOutcome(done, runs, jobs, faults);
    }
}
