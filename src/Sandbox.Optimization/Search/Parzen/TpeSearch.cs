using System.Text.Json.Nodes;
using Sandbox.Optimization.Search.Modelling;
using Sandbox.Optimization.Space;

namespace Sandbox.Optimization.Search.Parzen;

/// <summary>Tree-structured Parzen estimators (Bergstra et al., 2011), over all parameters jointly: a density of the best
/// trials, one of the others, and of some points drawn from the first the one at which their ratio is greatest.</summary>
internal sealed class TpeSearch(SearchSpace space, Objective objective) : ISearch
{
    private const int StartingTrials = 10;
    private const int Candidates = 24;
    private const double GoodShare = 0.1;
    private const int MostGood = 25;

    private readonly ModelSpace _model = new(space, absent: double.NaN);
    private readonly StartingDesign _start = new(space, StartingTrials);
    private readonly RandomSearch _random = new(space);

    public JsonObject Suggest(SearchState state)
    {
        var data = objective.Ranked(state);
        if (data.Known.Count < _start.Count || _model.Size == 0)
        {
            return state.Number < _start.Count ? _start.Suggest(state) : _random.Suggest(state);
        }

        var points = ModelPoints.Of(data, space, _model);
        var ordered = points.Known.OrderBy(p => p.Value).Select(p => p.Row).ToList();
        var count = Math.Min((int)Math.Ceiling(GoodShare * ordered.Count), MostGood);

        // Running trials count as poor ones: the next one keeps away from them.
        var good = new ParzenDensity(_model, ordered[..count]);
        var poor = new ParzenDensity(_model, [.. ordered[count..], .. points.Pending]);
        var random = state.Random();
        return space.Decode(Enumerable.Range(0, Candidates)
            .Select(_ => _model.Point(good.Draw(random)))
            .MaxBy(p => good.Log(_model.Row(p)) - poor.Log(_model.Row(p)))!);
    }
}
