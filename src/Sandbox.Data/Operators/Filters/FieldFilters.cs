using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Filters;

/// <summary>Filters by fields other than the text.</summary>
internal static class FieldFilters
{
    public static IEnumerable<OperatorDescriptor> All { get; } =
    [
        new()
        {
            Name = "suffix_filter",
            Kind = OperatorKind.Filter,
            Summary = "Keeps rows from files with certain suffixes.",
            OptionsType = typeof(SuffixOptions),
            Create = (options, _) => new SuffixFilter((SuffixOptions)options),
        },
        new()
        {
            Name = "specified_field_filter",
            Kind = OperatorKind.Filter,
            Summary = "Keeps rows whose field has one of some values.",
            OptionsType = typeof(SpecifiedFieldOptions),
            Statistics = ["field_key"],
            Create = (options, _) => new SpecifiedFieldFilter((SpecifiedFieldOptions)options),
        },
        new()
        {
            Name = "specified_numeric_field_filter",
            Kind = OperatorKind.Filter,
            Summary = "Keeps rows whose field is a number within bounds.",
            OptionsType = typeof(SpecifiedNumericFieldOptions),
            Statistics = ["field_key"],
            Create = (options, _) => new SpecifiedNumericFieldFilter((SpecifiedNumericFieldOptions)options),
        },
        new()
        {
            Name = "general_field_filter",
            Kind = OperatorKind.Filter,
            Summary = "Keeps rows that meet a condition on their fields.",
            OptionsType = typeof(GeneralFieldOptions),
            Statistics = [GeneralFieldFilter.Statistic],
            Create = (options, _) => new GeneralFieldFilter((GeneralFieldOptions)options),
        },
    ];
}

/// <summary>Keeps rows from files with certain suffixes.</summary>
internal sealed class SuffixFilter(SuffixOptions options) : Filter
{
    public override void Measure(Row row)
    {
        // The suffix stands in the row already.
    }

    public override bool Keep(Row row) => options.Suffixes.Count == 0
        || (row.GetText(ColumnNames.Suffix) is { } suffix && options.Suffixes.Contains(suffix, StringComparer.Ordinal)) != options.Reversed;
}

/// <summary>Copies a field into the statistics. A key that a row lacks reads as null, as in upstream's columns.</summary>
internal static class FieldCopy
{
    public static void Measure(Row row, string key)
    {
        if (key.Length > 0 && !row.Stats.Contains(key))
        {
            _ = row.TryWalk(key, out var value);
            row.Stats.Set(key, StatValue.Of(value));
        }
    }
}

/// <summary>Keeps rows whose field has one of some values; of a list, all must be among them.</summary>
internal sealed class SpecifiedFieldFilter(SpecifiedFieldOptions options) : Filter
{
    private readonly IReadOnlyList<JsonNode?> _targets = [.. options.TargetValue as JsonArray ?? []];

    public override void Measure(Row row) => FieldCopy.Measure(row, options.FieldKey);

    public override bool Keep(Row row)
    {
        if (options.FieldKey.Length == 0 || _targets.Count == 0)
        {
            return true;
        }

        var value = row.Stats.Find(options.FieldKey)?.ToNode();
        var all = value is JsonArray list ? list.All(IsTarget) : IsTarget(value);
        return all != options.Reversed;
    }

    private bool IsTarget(JsonNode? value) => _targets.Any(target => PythonValue.AreEqual(value, target));
}

/// <summary>Keeps rows whose field is a number within bounds, or text that Python reads as one.</summary>
internal sealed class SpecifiedNumericFieldFilter(SpecifiedNumericFieldOptions options) : Filter
{
    private readonly ValueRange _range = ValueRange.Of(options);

    public override void Measure(Row row) => FieldCopy.Measure(row, options.FieldKey);

    public override bool Keep(Row row)
    {
        if (options.FieldKey.Length == 0)
        {
            return true;
        }

        var value = row.Stats.Find(options.FieldKey)!.Value;
        var number = value.Kind == StatKind.Text && PythonNumber.TryParse(value.AsText!, out var parsed) ? parsed : value.AsDouble;

        // 0 and false count as "no number" in upstream's test, but the text "0" is one.
        return (value.Kind == StatKind.Text || number != 0) && !double.IsNaN(number) && _range.Keeps(number);
    }
}

/// <summary>Keeps rows that meet a condition on their fields.</summary>
internal sealed class GeneralFieldFilter(GeneralFieldOptions options) : Filter
{
    public const string Statistic = "general_field_filter_condition";
    private readonly FieldCondition? _condition = FieldCondition.Parse(options.Condition);

    public override void Measure(Row row)
    {
        if (_condition is not null && !row.Stats.Contains(Statistic))
        {
            row.Stats.Set(Statistic, StatValue.Of(_condition.Evaluate(row)));
        }
    }

    public override bool Keep(Row row) =>
        _condition is null || row.Stats.Find(Statistic) is not { } value || PythonValue.IsTrue(value.ToNode()) != options.Reversed;
}

/// <summary>Values as Python compares them.</summary>
internal static class PythonValue
{
    public static bool AreEqual(JsonNode? a, JsonNode? b)
    {
        if (Number(a) is { } x && Number(b) is { } y)
        {
            return x == y;
        }

        return (a, b) switch
        {
            (null, null) => true,
            (null, _) or (_, null) => false,
            (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(p => AreEqual(p.First, p.Second)),
            (JsonObject left, JsonObject right) => left.Count == right.Count && left.All(p => right.TryGetPropertyValue(p.Key, out var other) && AreEqual(p.Value, other)),
            _ => a.GetValueKind() == JsonValueKind.String && b.GetValueKind() == JsonValueKind.String
                && string.Equals(a.GetValue<string>(), b.GetValue<string>(), StringComparison.Ordinal),
        };
    }

    public static bool IsTrue(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject map => map.Count > 0,
        _ => Number(value) is { } number ? number != 0 : value.GetValue<string>().Length > 0,
    };

    /// <summary>A number; true is 1; null for any other value.</summary>
    public static double? Number(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Number => double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => null,
    };
}
