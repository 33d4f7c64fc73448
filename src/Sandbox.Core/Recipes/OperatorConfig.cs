using System.Text.Json.Nodes;

namespace Sandbox.Core.Recipes;

/// <summary>One entry of a recipe's <c>process</c> list.</summary>
/// <param name="Name">Name of the operator, as in <c>text_length_filter</c>.</param>
/// <param name="Arguments">Its arguments in the order of the file; empty where none are given.</param>
/// <param name="Position">Place in the list, from 0.</param>
public sealed record OperatorConfig(string Name, JsonObject Arguments, int Position)
{
    /// <summary>Key of the entry within the recipe, as in <c>process[2].text_length_filter</c>.</summary>
    public string Key => FormattableString.Invariant($"process[{Position}].{Name}");
}
