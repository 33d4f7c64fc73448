using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Optimization.Studies;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Benchmarks.Search;

/// <summary>One search of one function.</summary>
/// <param name="Regret">Best value minus the optimum.</param>
/// <param name="LastSuggestion">Time of the last suggestion.</param>
internal sealed record SearchRun(double Regret, TimeSpan LastSuggestion)
{
    public static SearchRun Of(TestFunction function, string method, long seed, int trials)
    {
        var study = new Study(Sweep(function, method), seed, [], []);
        var best = double.PositiveInfinity;
        var last = TimeSpan.Zero;
        for (var i = 0; i < trials; i++)
        {
            var begin = TimeProvider.System.GetTimestamp();
            var trial = study.Ask()!;
            last = TimeProvider.System.GetElapsedTime(begin);
            var value = function.Value(trial.Parameters);
            best = Math.Min(best, value);
            study.Tell(trial.Number, TrialState.Finished, [value]);
        }

        return new SearchRun(best - function.Optimum, last);
    }

    /// <summary>The function as a sweep.</summary>
    public static SweepConfig Sweep(TestFunction function, string method)
    {
        var faults = new List<Fault>();
        var yaml = $"method: {method}\nmetric: {{name: value}}\nparameters:\n  {function.Parameters.ReplaceLineEndings("\n  ")}\n";
        return ConfigParser.ParseYaml(yaml, function.Name, faults) is { } node && SweepConfig.Parse(node, faults) is { } sweep
            ? sweep
            : throw new InvalidOperationException(string.Join("; ", faults));
    }
}
