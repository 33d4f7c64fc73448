using System.Text.Json.Nodes;
using Sandbox.Core.Components.Options;

namespace Sandbox.Data.Operators.Filters;

/// <summary>Options of <c>suffix_filter</c>.</summary>
public sealed class SuffixOptions : FilterOptions
{
    /// <summary>Suffixes to keep, as in <c>.txt</c>; empty keeps all.</summary>
    [Option("suffixes")]
    public IReadOnlyList<string> Suffixes { get; init; } = [];
}

/// <summary>Options of <c>specified_field_filter</c>.</summary>
public sealed class SpecifiedFieldOptions : FilterOptions, IValidatableOptions
{
    /// <summary>Dotted key of the field.</summary>
    [Option("field_key")]
    public string FieldKey { get; init; } = string.Empty;

    /// <summary>The values to keep; empty keeps all.</summary>
    [Option("target_value")]
    public JsonNode? TargetValue { get; init; }

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (TargetValue is not (null or JsonArray))
        {
            fault("target_value", $"must be a list of values, not {TargetValue.ToJsonString()}.");
        }
    }
}

/// <summary>Options of <c>specified_numeric_field_filter</c>.</summary>
public sealed class SpecifiedNumericFieldOptions : FilterOptions, IRangeOptions
{
    /// <summary>Dotted key of the field.</summary>
    [Option("field_key")]
    public string FieldKey { get; init; } = string.Empty;

    /// <summary>Smallest value.</summary>
    [Option("min_value")]
    public double? MinValue { get; init; } = -long.MaxValue;

    /// <summary>Largest value.</summary>
    [Option("max_value")]
    public double? MaxValue { get; init; } = long.MaxValue;

    double? IRangeOptions.Minimum => MinValue;

    double? IRangeOptions.Maximum => MaxValue;
}

/// <summary>Options of <c>general_field_filter</c>.</summary>
public sealed class GeneralFieldOptions : FilterOptions, IValidatableOptions
{
    /// <summary>The condition, as in <c>10 &lt; num and meta.a == 2</c>; empty keeps all.</summary>
    [Option("filter_condition")]
    public string Condition { get; init; } = string.Empty;

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        try
        {
            _ = FieldCondition.Parse(Condition);
        }
        catch (FormatException e)
        {
            fault("filter_condition", $"\"{Condition}\" is no condition: {e.Message}");
        }
    }
}
