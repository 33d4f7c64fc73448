using System.Text.Json.Nodes;
using Sandbox.Optimization.Space;

namespace Sandbox.Optimization.Search.Modelling;

/// <summary>The first points of a model-based search: a Latin hypercube, in which each parameter is spread evenly over its
/// distribution (McKay, Beckman and Conover, 1979).</summary>
internal sealed class StartingDesign(SearchSpace space, int count)
{
    // A stream of random numbers that no trial has.
    private const long Stream = -1;

    public int Count => count;

    public JsonObject Suggest(SearchState state)
    {
        var shared = new SeededRandom(state.Seed, Stream);
        var random = state.Random();
        var probabilities = new double[space.Axes.Count];
        for (var axis = 0; axis < probabilities.Length; axis++)
        {
            var order = Enumerable.Range(0, count).ToArray();
            for (var i = count - 1; i > 0; i--)
            {
                var other = shared.Next(i + 1);
                (order[i], order[other]) = (order[other], order[i]);
            }

            probabilities[axis] = (order[state.Number % count] + random.Next()) / count;
        }

        return space.Decode(space.Sample(probabilities));
    }
}
