using Sandbox.Testing.Kill;

namespace Sandbox.Benchmarks;

/// <summary><c>soak --kills N --seed N [--config FILE]</c>: what is too long for the gate.</summary>
internal static class Soak
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var (kills, seed) = (arguments.Number("--kills", 100), arguments.Number("--seed", 1));
        var config = arguments.Text("--config") ?? "configs/demo/quick.yaml";
        var begin = TimeProvider.System.GetTimestamp();
        var trial = new KillTrial(Repository.BuiltCli, Repository.Configs, config, TimeProvider.System);
        var outcome = await trial.RunAsync(kills, seed, Console.WriteLine, cancellationToken);
        foreach (var fault in outcome.Faults)
        {
            Console.WriteLine($"FAULT {fault}");
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{outcome.Kills} kills (seed {seed}) over {outcome.Runs} runs of {config} and {outcome.Jobs} starts of jobs in ")
            + FormattableString.Invariant($"{TimeProvider.System.GetElapsedTime(begin).TotalMinutes:0.0} min: {outcome.Faults.Count} faults."));
        return outcome.Faults.Count == 0 ? 0 : 1;
    }
}
