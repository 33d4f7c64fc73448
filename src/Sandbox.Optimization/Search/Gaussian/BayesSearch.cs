using System.Text.Json.Nodes;
using Sandbox.Optimization.Search.Modelling;
using Sandbox.Optimization.Space;
using Sandbox.Optimization.Studies;

namespace Sandbox.Optimization.Search.Gaussian;

/// <summary>Bayesian search: a Gaussian process of the trials so far, and the point of greatest expected improvement. Running
/// trials count with the value that the model expects of them, so that several can be asked for at once.</summary>
internal sealed class BayesSearch(SearchSpace space, Objective objective) : ISearch
{
    private const int StartingTrials = 10;

    // Fitting takes the third power of the number of trials: beyond these the best ones and a spread of the others count.
    private const int MostToFit = 100;
    private const int MostToKnow = 300;
    private const int Incumbents = 5;

    // In the middle: what is absent tells two trials apart only where one of them has it.
    private readonly ModelSpace _model = new(space, absent: 0.5);
    private readonly StartingDesign _start = new(space, StartingTrials);
    private readonly RandomSearch _random = new(space);

    public JsonObject Suggest(SearchState state)
    {
        var data = objective.Data(state);
        if (data.Known.Count < _start.Count || _model.Size == 0)
        {
            return state.Number < _start.Count ? _start.Suggest(state) : _random.Suggest(state);
        }

        var points = ModelPoints.Of(data, space, _model);
        var random = state.Random();
        var process = Process(points, random, out var best);
        var incumbents = points.Known.OrderBy(p => p.Value).Take(Incumbents).Select(p => p.Row).ToList();
        var found = new AcquisitionSearch(_model, process, best, random).Find(incumbents);
        var tried = points.Known.Select(p => p.Row).Concat(points.Pending).ToHashSet(RowComparer.Instance);
        return space.Decode(found.FirstOrDefault(p => !tried.Contains(_model.Row(p))) ?? found[0]);
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
