using Sandbox.Core.Components.Options;

namespace Sandbox.Data.Operators.Selectors;

/// <summary>Selectors, by name.</summary>
internal static class FieldSelectors
{
    public static IEnumerable<OperatorDescriptor> All { get; } =
    [
        Selector<TopkOptions>("topk_specified_field_selector", "Takes the rows with the largest or smallest values of a field.", o => new TopkSelector(o)),
        Selector<FieldRangeOptions>("range_specified_field_selector", "Takes the rows whose rank by a field lies within bounds.", o => new FieldRangeSelector(o)),
        Selector<TopkOptions>("frequency_specified_field_selector", "Takes the rows with the most or least frequent values of a field.", o => new FrequencySelector(o)),
        Selector<RandomOptions>("random_selector", "Takes rows at random, the same ones each time.", o => new RandomSelector(o)),
        Selector<TagsOptions>("tags_specified_field_selector", "Takes the rows whose field has one of some values.", o => new TagsSelector(o)),
    ];

    private static OperatorDescriptor Selector<T>(string name, string summary, Func<T, ISelector> create) => new()
    {
        Name = name,
        Kind = OperatorKind.Selector,
        Summary = summary,
        OptionsType = typeof(T),
        Create = (options, _) => create((T)options),
    };
}

/// <summary>Options of <c>topk_specified_field_selector</c> and <c>frequency_specified_field_selector</c>.</summary>
public sealed class TopkOptions : OperatorOptions
{
    /// <summary>Dotted key of the field; empty takes all rows.</summary>
    [Option("field_key")]
    public string FieldKey { get; init; } = string.Empty;

    /// <summary>Share of the rows, or of the distinct values; 0 counts as not given.</summary>
    [Option("top_ratio", Min = 0, Max = 1)]
    public double? TopRatio { get; init; }

    /// <summary>Number of rows, or of distinct values. The smaller of the two wins.</summary>
    [Option("topk", Min = 1)]
    public long? Topk { get; init; }

    /// <summary>Whether the largest come first.</summary>
    [Option("reverse")]
    public bool Reverse { get; init; } = true;

    /// <summary>How many of a number are taken; null takes all as they came.</summary>
    internal long? Taken(int count)
    {
        var ratio = TopRatio is > 0 and var share ? share * count : double.PositiveInfinity;
        return Topk is null && double.IsInfinity(ratio) ? null : (long)Math.Min(ratio, Topk ?? double.PositiveInfinity);
    }
}

/// <summary>Options of <c>range_specified_field_selector</c>.</summary>
public sealed class FieldRangeOptions : OperatorOptions
{
    /// <summary>Dotted key of the field; empty takes all rows.</summary>
    [Option("field_key")]
    public string FieldKey { get; init; } = string.Empty;

    /// <summary>Share of the rows below the range.</summary>
    [Option("lower_percentile", Min = 0, Max = 1)]
    public double? LowerPercentile { get; init; }

    /// <summary>Share of the rows up to the end of the range.</summary>
    [Option("upper_percentile", Min = 0, Max = 1)]
    public double? UpperPercentile { get; init; }

    /// <summary>Number of rows below the range. The larger lower bound wins.</summary>
    [Option("lower_rank", Min = 1)]
    public long? LowerRank { get; init; }

    /// <summary>Number of rows up to the end of the range. The smaller upper bound wins.</summary>
    [Option("upper_rank", Min = 1)]
    public long? UpperRank { get; init; }
}

/// <summary>Options of <c>tags_specified_field_selector</c>.</summary>
public sealed class TagsOptions : OperatorOptions
{
    /// <summary>Dotted key of the field; empty takes all rows.</summary>
    [Option("field_key")]
    public string FieldKey { get; init; } = string.Empty;

    /// <summary>The values to take.</summary>
    [Option("target_tags", Required = true, Description = "the values to take.")]
    public IReadOnlyList<string> TargetTags { get; init; } = [];
}

/// <summary>Options of <c>random_selector</c>.</summary>
public sealed class RandomOptions : OperatorOptions
{
    /// <summary>Share of the rows; 0 counts as not given.</summary>
    [Option("select_ratio", Min = 0, Max = 1)]
    public double? SelectRatio { get; init; }

    /// <summary>Number of rows. The smaller of the two wins.</summary>
    [Option("select_num", Min = 1)]
    public long? SelectNum { get; init; }
}
