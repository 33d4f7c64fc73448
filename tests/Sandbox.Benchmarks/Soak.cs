using Sandbox.Testing.Kill;

namespace Sandbox.Benchmarks;

/// <summary><c>soak [--training] --kills N --seed N [--config FILE]</c>: what is too long for the gate. With
/// <c>--training</c> the orchestrator is killed while a real training program runs under it.</summary>
internal static class Soak
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var (kills, seed) = (arguments.Number("--kills", 100), arguments.Number("--seed", 1));
        var config = arguments.Text("--config") ?? "configs/demo/quick.yaml";
        var begin = TimeProvider.System.GetTimestamp();
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
}
