using Sandbox.Testing.Kill;

namespace Sandbox.Benchmarks;

/// <summary><c>soak [--training] --kills N --seed N [--config FILE | --sweep --trials N]</c>: what is too long for the gate. With
/// <c>--training</c> the orchestrator is killed while a real training program runs under it.</summary>
internal static class Soak
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var (kills, seed) = (arguments.Number("--kills", 100), arguments.Number("--seed", 1));
        var config = arguments.Text("--config") ?? "configs/demo/quick.yaml";
        var begin = TimeProvider.System.GetTimestamp();
        if (arguments.Has("--sweep"))
        {
            return await SweepAsync(kills, seed, arguments.Number("--trials", 200), cancellationToken);
        }

        var outcome = arguments.Has("--training")
            ? await new TrainingKills(Repository.BuiltCli, TimeProvider.System).RunAsync(kills, seed, Console.WriteLine, cancellationToken)
            : await new KillTrial(Repository.BuiltCli, Repository.Configs, config, TimeProvider.System)
                .RunAsync(kills, seed, Console.WriteLine, cancellationToken);
        foreach (var fault in outcome.Faults)
        {
            Console.WriteLine($"FAULT {fault}");
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{outcome.Kills} kills (seed {seed}) over {outcome.Runs} runs of {(arguments.Has("--training") ? "a training" : config)} and {outcome.Jobs} starts of jobs in ")
            + FormattableString.Invariant($"{TimeProvider.System.GetElapsedTime(begin).TotalMinutes:0.0} min: {outcome.Faults.Count} faults."));
        return outcome.Faults.Count == 0 ? 0 : 1;
    }

    private static async Task<int> SweepAsync(int kills, int seed, int trials, CancellationToken cancellationToken)
    {
        var begin = TimeProvider.System.GetTimestamp();
        var cap = trials.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var sweep = new SweepKill(Repository.BuiltCli, Repository.Configs, "configs/demo/sweep-quick.yaml", "--hpo_config.run_cap", cap);
        var outcome = await sweep.RunAsync(kills, seed, cancellationToken);
        foreach (var fault in outcome.Faults)
        {
            Console.WriteLine($"FAULT {fault}");
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{outcome.Kills} kills (seed {seed}) of a sweep of {outcome.Trials} trials in {TimeProvider.System.GetElapsedTime(begin).TotalMinutes:0.0} min: {outcome.Faults.Count} faults."));
        return outcome.Faults.Count == 0 ? 0 : 1;
    }
}
