using System.Globalization;
using Sandbox.Benchmarks.Measuring;
using Sandbox.Optimization.Studies;

namespace Sandbox.Benchmarks.Search;

/// <summary>How good a search is after 60 trials, beside what the reference programs found on the same functions, and how long a
/// suggestion takes.</summary>
internal static class SearchBenchmark
{
    private const int Seeds = 30;
    private const int Trials = 60;

    public static IReadOnlyList<Measure> Run(CancellationToken cancellationToken)
    {
        var reference = References.Load();
        var measures = new List<Measure>();
        foreach (var function in TestFunction.All.Concat(TestFunction.Others))
        {
            foreach (var method in new[] { "random", "tpe", "bayes" })
            {
                cancellationToken.ThrowIfCancellationRequested();
                var regrets = new double[Seeds];
                Parallel.For(0, Seeds, seed => regrets[seed] = SearchRun.Of(function, method, seed, Trials).Regret);
                measures.Add(Compared(function, method, regrets, reference));
            }
        }

        return [.. measures, Suggestion("bayes", 60, 100), Suggestion("tpe", 60, 100), Suggestion("bayes", 1000, 1000), Suggestion("tpe", 1000, 1000)];
    }

    private static Measure Compared(TestFunction function, string method, double[] regrets, References? reference)
    {
        var (what, figure) = ($"{method} on {function.Name}, {Trials} trials, {Seeds} seeds", Quartiles(regrets));
        if (reference?.Of(function.Name, method == "bayes" ? "optuna-gp" : $"optuna-{method}") is not { } optuna)
        {
            return new Measure(what, figure, string.Empty, null, string.Empty, null);
        }

        var own = Quantile(regrets, 0.5);
        var sweeps = reference.Of(function.Name, method == "bayes" ? "sweeps-bayes" : "sweeps-random")!;
        var limit = method switch
        {
            // W&B's own search is the better one there.
            "bayes" when function.Name == "rosenbrock4_log" => Quantile(sweeps, 0.75),
            "bayes" => Math.Min(Quantile(optuna, 0.75), Quantile(sweeps, 0.5)),
            "random" => Math.Max(Quantile(optuna, 0.75), Quantile(sweeps, 0.75)),
            _ => Quantile(optuna, 0.75),
        };
        return new Measure(
            what, figure, $"optuna {Quartiles(optuna)}, sweeps {Quartiles(sweeps)}", own / limit, string.Create(CultureInfo.InvariantCulture, $"{limit:G3}"), own <= limit);
    }

    // Late in a search on eight parameters: all trials are told, then one more is asked for.
    private static Measure Suggestion(string method, int trials, double limit)
    {
        var function = TestFunction.All[^1];
        var sweep = SearchRun.Sweep(function, method);
        var known = new Study(SearchRun.Sweep(function, "random"), 1, [], []);
        while (known.Trials.Count < trials)
        {
            var trial = known.Ask()!;
            known.Tell(trial.Number, TrialState.Finished, [function.Value(trial.Parameters)]);
        }

        var times = new List<double>();
        for (var seed = 0; seed < 7; seed++)
        {
            var study = new Study(sweep, seed, known.Trials, []);
            var begin = TimeProvider.System.GetTimestamp();
            study.Ask();
            times.Add(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
        }

        var median = Rounds.Median(times);
        return new Measure(
            FormattableString.Invariant($"{method}, suggestion after {trials} trials"), FormattableString.Invariant($"{median:0} ms"), string.Empty,
            null, FormattableString.Invariant($"{limit:0} ms"), median <= limit);
    }

    private static string Quartiles(IEnumerable<double> values)
    {
        var list = values.ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{Quantile(list, 0.5):G3} [{Quantile(list, 0.25):G3}, {Quantile(list, 0.75):G3}]");
    }

    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        var place = share * (sorted.Count - 1);
        var below = (int)place;
        return below + 1 < sorted.Count ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>The regrets of the reference programs after 60 trials.</summary>
    private sealed class References(ILookup<(string Function, string Sampler), double> regrets)
    {
        private const int RegretColumn = 7;

        public static References? Load()
        {
            var root = Environment.GetEnvironmentVariable("SANDBOX_REFERENCE") ?? Path.Combine(Repository.Root, "..", "shared");
            var path = Path.Combine(root, "upstream-runs", "search", "results.csv");
            return File.Exists(path)
                ? new References(File.ReadLines(path).Skip(1).Select(l => l.Split(','))
                    .ToLookup(c => (c[0], c[1]), c => double.Parse(c[RegretColumn], CultureInfo.InvariantCulture)))
                : null;
        }

        public IReadOnlyList<double>? Of(string function, string sampler) =>
            regrets[(function, sampler)].ToList() is { Count: > 0 } found ? found : null;
    }
}
