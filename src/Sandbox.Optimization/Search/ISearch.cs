using System.Text.Json.Nodes;
using Sandbox.Optimization.Space;
using Sandbox.Optimization.Studies;

namespace Sandbox.Optimization.Search;

/// <summary>Chooses the parameters of the next trial. It keeps nothing: the same trials, number and seed give the same ones.</summary>
internal interface ISearch
{
    /// <summary>The next parameters, or null where all have come.</summary>
    JsonObject? Suggest(SearchState state);
}

/// <summary>What a search knows.</summary>
/// <param name="Trials">All trials so far, running ones and those of earlier sweeps too.</param>
/// <param name="Number">Number of the trial that is asked for.</param>
/// <param name="Seed">Seed of the sweep.</param>
internal sealed record SearchState(IReadOnlyList<SweepTrial> Trials, int Number, long Seed)
{
    /// <summary>The random numbers of this trial.</summary>
    public SeededRandom Random() => new(Seed, Number);
}
