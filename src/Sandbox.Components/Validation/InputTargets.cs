using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Operators;

namespace Sandbox.Components.Validation;

/// <summary>What an <c>input</c> sets must be there to be set: an option of the component, a key of the recipe, an option of one of
/// its operators. Says what is wrong with a key, or null; what is not known yet is not looked at.</summary>
internal static class InputTargets
{
    private static readonly IReadOnlyList<string> RecipeNames =
        ["process", .. OptionsBinder.Describe(typeof(RecipeSettings)).Select(o => o.Name), .. RecipeKeys.Ignored];

    /// <summary>A key of <c>extra_configs</c>.</summary>
    /// <param name="type">The options.</param>
    /// <param name="parts">The key behind <c>extra_configs.</c></param>
    public static string? ProblemOfOption(Type type, ReadOnlySpan<string> parts)
    {
        var (name, options) = (parts[0], OptionsBinder.Describe(type));
        var option = options.FirstOrDefault(o => o.Name == name);
        if (option is null)
        {
            return name is "type" ? null : $"there is no option \"{name}\" to be set.{Suggestion.For(name, options.Select(o => o.Name))}";
        }

        var value = option.Property.PropertyType;
        if (parts.Length == 1 || IsOpen(value))
        {
            return null;
        }

        if (IsList(value))
        {
            return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? null
                : $"option \"{name}\" is a list: \"{parts[1]}\" is no place in it, which is a number from 0.";
        }

        return OptionsBinder.Describe(value).Count > 0
            ? ProblemOfOption(value, parts[1..])
            : $"option \"{name}\" is one value: there is no \"{parts[1]}\" in it to be set.";
    }

    /// <summary>A key of <c>dj_configs</c>.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="parts">The key behind <c>dj_configs.</c></param>
    public static string? ProblemOfRecipe(JsonObject recipe, ReadOnlySpan<string> parts)
    {
        if (!RecipeNames.Contains(parts[0], StringComparer.Ordinal))
        {
            return $"a recipe has no key \"{parts[0]}\" to be set.{Suggestion.For(parts[0], RecipeNames)}";
        }

        return parts[0] == "process" && parts.Length > 1 && recipe["process"] is JsonArray process
            ? ProblemOfOperator([.. process.Select(Name)], parts[1..])
            : null;
    }

    private static string? ProblemOfOperator(IReadOnlyList<string> operators, ReadOnlySpan<string> parts)
    {
        var rest = parts;
        if (int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            if (index >= operators.Count)
            {
                return string.Create(CultureInfo.InvariantCulture, $"the recipe has {operators.Count} operators: there is no process.{index}.");
            }

            if (parts.Length == 1)
            {
                return null;
            }

            rest = parts[1..];
            operators = [operators[index]];
        }

        if (!operators.Contains(rest[0], StringComparer.Ordinal))
        {
            return $"the recipe has no operator \"{rest[0]}\" there: it has {string.Join(", ", operators)}.{Suggestion.For(rest[0], operators)}";
        }

        return rest.Length > 1 && !OperatorRegistry.HasOption(rest[0], rest[1], out var suggestion)
            ? $"{rest[0]} has no option \"{rest[1]}\" to be set.{suggestion}"
            : null;
    }

    private static string Name(JsonNode? entry) => entry switch
    {
        JsonObject { Count: > 0 } map => map.First().Key,
        JsonValue value => value.ToString(),
        _ => string.Empty,
    };

    // A mapping takes what is set into it.
    private static bool IsOpen(Type type) => typeof(JsonNode).IsAssignableFrom(type) || type == typeof(object)
        || type.GetInterfaces().Append(type).Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>));

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);
}
