using System.Text.Json.Nodes;
using Sandbox.Optimization.Search.Modelling;
using Sandbox.Optimization.Space;
using Sandbox.Optimization.Studies;

namespace Sandbox.Optimization.Search.Gaussian;

/// <summary>Bayesian search: a Gaussian process of the trials so far, and the point of greatest expected improvement. Running
/// trials count with the value that the model expects of them, so that several can be asked for at once.</summary>
internal sealed class BayesSearch : ISearch
{
    // So many points an axis before the model speaks: with fewer it mostly climbs the first hill that it sees (measured on
    // hartmann6: a median regret of 0.06 with 10 in all, 0.0002 with 18).
    private const int StartingTrialsPerAxis = 3;
    private const int LeastStartingTrials = 10;
    private const int MostStartingTrials = 20;

    // Fitting takes the third power of the number of trials: beyond these the best ones and a spread of the others count.
    private const int MostToFit = 100;
    private const int MostToKnow = 300;
    private const int Incumbents = 5;

    private readonly SearchSpace _space;
    private readonly Objective _objective;
    private readonly ModelSpace _model;
    private readonly StartingDesign _start;
    private readonly RandomSearch _random;

    public BayesSearch(SearchSpace space, Objective objective)
    {
        (_space, _objective, _random) = (space, objective, new RandomSearch(space));

        // In the middle: what is absent tells two trials apart only where one of them has it.
        _model = new ModelSpace(space, absent: 0.5);
        _start = new StartingDesign(space, Math.Clamp(StartingTrialsPerAxis * _model.Size, LeastStartingTrials, MostStartingTrials));
    }

    public JsonObject Suggest(SearchState state)
    {
        var data = _objective.Data(state);
        if (data.Known.Count < _start.Count || _model.Size == 0)
        {
            return state.Number < _start.Count ? _start.Suggest(state) : _random.Suggest(state);
        }

        var points = ModelPoints.Of(data, _space, _model);
        var random = state.Random();
        var process = Process(points, random, out var best);
        var incumbents = points.Known.OrderBy(p => p.Value).Take(Incumbents).Select(p => p.Row).ToList();
        var found = new AcquisitionSearch(_model, process, best, random).Find(incumbents);
        var tried = points.Known.Select(p => p.Row).Concat(points.Pending).ToHashSet(RowComparer.Instance);
        return _space.Decode(found.FirstOrDefault(p => !tried.Contains(_model.Row(p))) ?? found[0]);
    }

    private GaussianProcess Process(ModelPoints points, SeededRandom random, out double best)
    {
        var known = points.Thinned(MostToKnow, random);
        var values = Standardisation.Of(known.Select(p => p.Value));
        var fitted = known.Count <= MostToFit ? known : points.Thinned(MostToFit, random);
        var kernel = new KernelFit([.. fitted.Select(p => p.Row)], values.Apply(fitted), _model.IsChoice).Find();

        var rows = known.Select(p => p.Row).ToList();
        var standard = values.Apply(known).ToList();
        best = standard.Min();
        var process = new GaussianProcess(kernel, rows, [.. standard], _model.IsChoice);
        if (points.Pending.Count == 0)
        {
            return process;
        }

        standard.AddRange(points.Pending.Select(r => process.Predict(r).Mean));
        rows.AddRange(points.Pending);
        return new GaussianProcess(kernel, rows, [.. standard], _model.IsChoice);
    }
}
