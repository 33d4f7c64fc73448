using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Catalogue;

/// <summary>A hook or component type with its options, for people and programs.</summary>
/// <param name="Kind"><c>hook</c>, or the name of the component's factory.</param>
/// <param name="Name">The hook's name or the component's <c>type</c>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Results">How many results it gives; null where it depends.</param>
/// <param name="Origin">Where it comes from: <c>built in</c>, or the file of a plugin.</param>
/// <param name="Options">Its options, nested ones with dots.</param>
public sealed record CatalogueEntry(
    string Kind, string Name, string Summary, int? Results, string Origin, IReadOnlyList<CatalogueOption> Options);

/// <summary>An option of a hook or component.</summary>
/// <param name="Key">Its key, dots for nested ones.</param>
/// <param name="Type">What it must be, as in <c>whole number</c>.</param>
/// <param name="Default">The default as JSON, or null where there is none.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Description">One sentence, with bounds and values allowed.</param>
public sealed record CatalogueOption(string Key, string Type, string? Default, bool Required, string Description)
{
    /// <summary>The options of an options type; those of nested types follow their own.</summary>
    public static IReadOnlyList<CatalogueOption> Of(Type? type) => type is null ? [] : [.. Of(type, string.Empty)];

    private static IEnumerable<CatalogueOption> Of(Type type, string prefix)
    {
        var defaults = Activator.CreateInstance(type)!;
        foreach (var option in OptionsBinder.Describe(type))
        {
            var property = Nullable.GetUnderlyingType(option.Property.PropertyType) ?? option.Property.PropertyType;
            var nested = IsOptions(property) ? property : null;
            yield return new CatalogueOption(
                prefix + option.Name,
                nested is null ? OptionNames.Of(property, option.Option.Path) : "mapping",
                nested is null && !option.Option.Required ? Json(option.Property.GetValue(defaults)) : null,
                option.Option.Required,
                OptionNames.Describe(option.Option));
            foreach (var inner in nested is null ? [] : Of(nested, $"{prefix}{option.Name}."))
            {
                yield return inner;
            }
        }
    }

    private static bool IsOptions(Type type) =>
        type is { IsClass: true } && type != typeof(string) && !type.IsAssignableTo(typeof(JsonNode))
        && !type.IsAssignableTo(typeof(IEnumerable)) && OptionsBinder.Describe(type).Count > 0;

    private static string? Json(object? value) => value switch
    {
        null or "" => null,
        JsonNode node => node.ToJsonString(OptionNames.Json),
        ICollection { Count: 0 } => null,
        double number when !double.IsFinite(number) => null,
        _ => JsonSerializer.Serialize(value, OptionNames.Json),
    };
}
