using System.Text.Json.Nodes;
using Sandbox.Optimization.Distributions;
using Sandbox.Optimization.Space;

namespace Sandbox.Optimization.Search.Grid;

/// <summary>Every combination once, in W&amp;B's order: the last parameter varies fastest, values as configured. A combination
/// that a trial has had, whatever became of it, does not come again.</summary>
internal sealed class GridSearch(SearchSpace space, IReadOnlyList<IReadOnlyList<JsonNode?>> values) : ISearch
{
    public JsonObject? Suggest(SearchState state)
    {
        var done = state.Trials.Select(t => Key(t.Parameters)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var indices = new int[values.Count];
        do
        {
            var active = space.Active(i => values[i][indices[i]]);
            if (IsCanonical(indices, active) && !done.Contains(Key(indices)))
            {
                return Parameters(indices, active);
            }
        }
        while (Advance(indices));

        return null;
    }

    // Parameters that mean nothing do not multiply the combinations.
    private static bool IsCanonical(int[] indices, bool[] active) => !indices.Where((index, i) => index > 0 && !active[i]).Any();

    private static string Key(int[] indices) => string.Join(',', indices);

    private JsonObject Parameters(int[] indices, bool[] active)
    {
        var result = new JsonObject();
        for (var i = 0; i < indices.Length; i++)
        {
            if (active[i])
            {
                SearchSpace.Put(result, space.Axes[i].Path, values[i][indices[i]]?.DeepClone());
            }
        }

        return result;
    }

    private bool Advance(int[] indices)
    {
        for (var i = indices.Length - 1; i >= 0; i--)
        {
            if (++indices[i] < values[i].Count)
            {
                return true;
            }

            indices[i] = 0;
        }

        return false;
    }

    private string? Key(JsonObject parameters)
    {
        var indices = new int[values.Count];
        for (var i = 0; i < indices.Length; i++)
        {
            var isThere = SearchSpace.Find(parameters, space.Axes[i].Path, out var value);
            indices[i] = isThere ? values[i].ToList().FindIndex(v => JsonEquality.Matches(v, value))
                : space.Axes[i].Conditions.Count > 0 ? 0 : -1;
            if (indices[i] < 0)
            {
                return null;
            }
        }

        return Key(indices);
    }
}
