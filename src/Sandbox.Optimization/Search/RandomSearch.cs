using System.Text.Json.Nodes;
using Sandbox.Optimization.Space;

namespace Sandbox.Optimization.Search;

/// <summary>Draws every parameter from its distribution.</summary>
internal sealed class RandomSearch(SearchSpace space) : ISearch
{
    public JsonObject Suggest(SearchState state) => space.Decode(space.Sample(state.Random().Take(space.Axes.Count)));
}
