using Sandbox.Optimization.Search.Gaussian;
using Sandbox.Optimization.Search.Grid;
using Sandbox.Optimization.Search.Modelling;
using Sandbox.Optimization.Search.Parzen;
using Sandbox.Optimization.Space;
using Sandbox.Optimization.Sweeps;

namespace Sandbox.Optimization.Search;

/// <summary>The search that a sweep's method names.</summary>
internal static class SearchFactory
{
    public static ISearch Of(SweepConfig config)
    {
        var space = SearchSpace.Of(config.Parameters);
        return config.Method switch
        {
            SweepMethod.Grid => new GridSearch(space, [.. SearchSpace.Ordered(config.Parameters).Select(l => GridValues.Of(l.Distribution))]),
            SweepMethod.Bayes => new BayesSearch(space, new Objective(config.Metrics)),
            SweepMethod.Tpe => new TpeSearch(space, new Objective(config.Metrics)),
            _ => new RandomSearch(space),
        };
    }
}
